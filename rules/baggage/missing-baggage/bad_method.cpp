// In C++.
#include <otel-tidy/annotations.h>
#include <string>

#include "opentelemetry/trace/provider.h"

int request_send(const std::string &order);

class Checkout
{
public:
	OTEL_CRITICAL_PATH("checkout.place_order", "baggage=tenant.id")
	int place(opentelemetry::trace::Tracer &tracer, const std::string &order) // expect: missing-baggage "never puts tenant.id into baggage"
	{
		auto span = tracer.StartSpan("place order");
		return request_send(order);
	}
};
