// Through a string that the getter fills.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/provider.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

int handle();

int serve(opentelemetry::trace::Tracer &tracer)
{
	std::string who;
	auto entries = baggage::GetBaggage(context::RuntimeContext::GetCurrent());
	auto span = tracer.StartSpan("serve");
	if (entries->GetValue("tenant", who))
		span->SetAttribute("app.customer", who);
	return handle();
}
