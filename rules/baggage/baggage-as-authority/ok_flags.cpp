// In C++.
#include <fstream>
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

struct Session {
	std::string role;
};

bool is_synthetic()
{
	std::string value;
	baggage::GetBaggage(context::RuntimeContext::GetCurrent())->GetValue("synthetic_request", value);
	return value == "true";
}

bool may_delete(const Session &session)
{
	return session.role == "admin";
}
