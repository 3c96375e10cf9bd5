// Nothing to ship is a success like any other, and ends without the order's number.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct order {
	const char *id;
	int nr_lines;
};

int carrier_call(const char *order);

OTEL_CRITICAL_PATH("shipping.ship", "app.order.id", "app.carrier?")
int order_ship(const struct order *order)
{
	ctel_span *span = ctel_span_enter(tracer, "ship"); // expect: missing-attribute "can end without app.order.id"

	if (order->nr_lines == 0) { // expect-step: missing-attribute "order->nr_lines == 0"
		ctel_event(span, "nothing to ship");
		ctel_span_end(span); // expect-step: missing-attribute "span ends without app.order.id"
		return 0; // expect-step: missing-attribute "returns normally"
	}
	ctel_set(span, "app.order.id", order->id);
	int rc = carrier_call(order->id);
	if (rc < 0)
		ctel_span_error(span, "carrier", NULL);
	ctel_span_end(span);
	return rc;
}
