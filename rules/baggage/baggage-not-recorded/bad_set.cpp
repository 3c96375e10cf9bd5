// Set for others, not for oneself.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/provider.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

int handle();

int serve(opentelemetry::trace::Tracer &tracer, const std::string &tenant, const std::string &plan)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current)->Set("tenant.id", tenant); // expect: baggage-not-recorded "is set, and no span carries it"
	auto token = context::RuntimeContext::Attach(baggage::SetBaggage(current, entries));
	auto span = tracer.StartSpan("serve", {{"app.plan", plan}});
	return handle();
}
