// Hand-offs with the C wrapper's tables of functions.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>
#include <stdlib.h>

struct stream {
	struct otelc_span *span;
	struct otelc_text_map_writer headers;
	int state;
};

/* Filter callbacks: one begins, another ends. */
int stream_start(struct otelc_tracer *tracer, struct stream *s)
{
	s->span = OTELC_OPS(tracer, start_span_with_options, "stream", NULL, NULL, NULL, NULL,
		OTELC_SPAN_KIND_SERVER, NULL, 0);
	if (s->span == NULL)
		return OTELC_RET_ERROR;
	return OTELC_OPS(s->span, inject_text_map, &s->headers);
}

void stream_stop(struct stream *s)
{
	if (s->span == NULL)
		return;
	OTELC_OPS(s->span, set_status, OTELC_SPAN_STATUS_OK, NULL);
	OTELC_OPSR(s->span, end);
}

static void span_finish(struct otelc_span **span, int rc)
{
	if (*span == NULL)
		return;
	OTELC_OPSR(*span, end_with_options, NULL, rc < 0 ? OTELC_SPAN_STATUS_ERROR : OTELC_SPAN_STATUS_UNSET,
		NULL);
}

int rotate(struct otelc_tracer *tracer, const char *from, const char *to)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate log");
	int rc = rename(from, to);

	span_finish(&span, rc);
	return rc;
}

/* Without the macros: the table is plain C. */
int rotate_plainly(struct otelc_tracer *tracer, const char *from, const char *to)
{
	struct otelc_span *span = tracer->ops->start_span(tracer, "rotate log");
	int rc = rename(from, to);

	if (span)
		span->ops->end(&span);
	return rc;
}

struct otelc_span *stream_child(struct otelc_tracer *tracer, const struct stream *s)
{
	if (s->span == NULL)
		return NULL;
	return OTELC_OPS(tracer, start_span_with_options, "child", s->span, NULL, NULL, NULL,
		OTELC_SPAN_KIND_INTERNAL, NULL, 0);
}

int stream_step(struct otelc_tracer *tracer, struct stream *s, FILE *out)
{
	struct otelc_span *child = stream_child(tracer, s);
	int rc = fprintf(out, "%d\n", s->state);

	if (child != NULL)
		OTELC_OPSR(child, end);
	return rc;
}
