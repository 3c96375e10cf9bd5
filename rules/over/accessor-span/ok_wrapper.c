// The span is kept in the record that the setter fills.
#include <opentelemetry-c-wrapper/include.h>

struct stream {
	struct otelc_span *span;
	int state;
};

void stream_open(struct otelc_tracer *tracer, struct stream *s)
{
	s->span = OTELC_OPS(tracer, start_span, "stream");
}

void stream_close(struct stream *s)
{
	OTELC_OPSR(s->span, end);
}

int stream_state(const struct stream *s)
{
	return s->state;
}
