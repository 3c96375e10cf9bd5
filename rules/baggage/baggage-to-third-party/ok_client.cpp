// In C++: in the house.
// config: {"rules": {"baggage-to-third-party": "warning"}, "trusted_hosts": ["*.shop.example", "localhost"]}
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

int http_get(const std::string &url, context::propagation::TextMapCarrier &headers);

int stock(context::propagation::TextMapCarrier &headers, const std::string &tenant)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto with = baggage::SetBaggage(current, baggage::GetBaggage(current)->Set("tenant.id", tenant));
	context::propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(headers, with);
	return http_get("https://STOCK.shop.example/all", headers);
}
