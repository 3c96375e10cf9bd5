// Set returns a new baggage; this one is as it was.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

int request_send(const std::string &order);

int order_place(const std::string &tenant, const std::string &order)
{
	auto entries = baggage::GetBaggage(context::RuntimeContext::GetCurrent());
	entries->Set("tenant.id", tenant); // expect: baggage-not-propagated "the baggage that Set() returns is thrown away"
	return request_send(order);
}

int order_cancel(const std::string &tenant, const std::string &order)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current)->Set("tenant.id", tenant);
	auto with = baggage::SetBaggage(current, entries); // expect: baggage-not-propagated "neither made current nor injected"
	return request_send(order);
}
