// In C++.
#include <fstream>
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

bool may_delete()
{
	std::string role;
	auto entries = baggage::GetBaggage(context::RuntimeContext::GetCurrent());
	entries->GetValue("user.role", role);
	return role == "owner"; // expect: baggage-as-authority "decides about access"
}

std::string read_orders()
{
	std::string tenant, line;
	baggage::GetBaggage(context::RuntimeContext::GetCurrent())->GetValue("tenant", tenant);
	std::ifstream file("/var/lib/shop/" + tenant); // expect: baggage-as-authority "becomes a path"
	std::getline(file, line);
	return line;
}
