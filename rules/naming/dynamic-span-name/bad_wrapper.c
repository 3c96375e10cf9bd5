// With the C wrapper: the stream's number in the name.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>
#include <sys/socket.h>

struct stream {
	unsigned id;
	int peer;
};

long stream_send(struct otelc_tracer *tracer, const struct stream *s, const char *line, unsigned long size)
{
	char name[32];

	snprintf(name, sizeof(name), "stream %u", s->id);
	struct otelc_span *span = OTELC_OPS(tracer, start_span, name); // expect: dynamic-span-name "formatted with a number"
	long sent = send(s->peer, line, size, 0);

	if (span != NULL)
		OTELC_OPSR(span, end);
	return sent;
}
