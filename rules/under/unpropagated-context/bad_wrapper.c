/* HAProxy's wrapper: the message is published, the context stays at home. */
#include <opentelemetry-c-wrapper/include.h>

struct amqp_connection;
int amqp_basic_publish(struct amqp_connection *connection, int channel, const char *bytes);
struct amqp_connection *amqp_new_connection(void);

void announce(struct otelc_tracer *tracer, const char *order);

void announce(struct otelc_tracer *tracer, const char *order)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span_with_options, "announce", NULL, NULL,
		NULL, NULL, OTELC_SPAN_KIND_PRODUCER, NULL, 0);
	struct amqp_connection *connection = amqp_new_connection();
	amqp_basic_publish(connection, 1, order); // expect: unpropagated-context
	OTELC_OPSR(span, end);
}
