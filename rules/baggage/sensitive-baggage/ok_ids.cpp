// In C++.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

struct Session {
	std::string tenant;
	std::string email;
};

int handle(const std::string &email);

int serve(const Session &session)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current)->Set("tenant.id", session.tenant);
	auto token = context::RuntimeContext::Attach(baggage::SetBaggage(current, entries));
	return handle(session.email);
}
