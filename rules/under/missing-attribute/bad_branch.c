// The attribute is set on one of two ways.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdbool.h>

extern ctel_tracer *tracer;

struct order {
	const char *id, *tenant;
	bool is_guest;
};

int stock_reserve(const char *order);

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int order_place(const struct order *order)
{
	CTEL_SPAN(span, tracer, "place order"); // expect: missing-attribute "can end without tenant.id"
	ctel_set(span, "app.order.id", order->id);
	if (!order->is_guest) // expect-step: missing-attribute "order->is_guest is set"
		ctel_set(span, "tenant.id", order->tenant); // expect-step: missing-attribute "only other paths come through here"
	return stock_reserve(order->id);
}
