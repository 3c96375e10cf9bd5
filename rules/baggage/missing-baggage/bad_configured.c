// The same, for code that cannot be annotated.
// config: {"rules": {"missing-baggage": "warning"}, "critical_paths": [{"name": "checkout.cancel", "function": "order_cancel", "baggage": ["tenant.id"]}]}
#include <ctel/ctel.h>

extern ctel_tracer *tracer;

int request_send(const char *order);

int order_cancel(const char *order) // expect: missing-baggage "never puts tenant.id into baggage"
{
	CTEL_SPAN(span, tracer, "cancel order");

	return request_send(order);
}
