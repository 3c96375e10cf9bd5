// With the C wrapper, in a filter that is called for each stream.
#include <opentelemetry-c-wrapper/include.h>

struct stream {
	unsigned id, flags;
	int state;
};

int stream_state(struct otelc_tracer *tracer, const struct stream *s)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "stream state"); // expect: accessor-span "times stream_state, a getter"
	int state = s->state;

	OTELC_OPSR(span, end);
	return state;
}

void stream_mark(struct otelc_tracer *tracer, struct stream *s, unsigned flag)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "stream mark"); // expect: accessor-span "times stream_mark, a setter"

	s->flags |= flag;
	OTELC_OPSR(span, end);
}
