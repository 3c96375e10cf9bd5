/* The options are built first; a message without a cause. */
#include <ctel/ctel.h>

static void publish(ctel_tracer *tracer, const char *topic)
{
	ctel_start options = {0};
	options.kind = CTEL_PRODUCER;
	// expect: root-client-span "kind PRODUCER"
	ctel_span *span = ctel_span_start(
		tracer, "publish", &options);
	ctel_set(span, "messaging.destination.name", topic);
	ctel_span_end(span);
}

static void publish_all(ctel_tracer *tracer)
{
	publish(tracer, "orders");
	publish(tracer, "refunds");
}

int main(void)
{
	publish_all(ctel_tracer_get("publisher", "1"));
	return 0;
}
