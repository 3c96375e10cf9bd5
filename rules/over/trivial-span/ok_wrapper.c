// The span of the step, and inside it the one of the call: the outer one has something to show.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

static int store(struct otelc_tracer *tracer, FILE *file, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "store");
	int rc = fputs(line, file);

	if (span != NULL)
		OTELC_OPSR(span, end);
	return rc;
}

int accept_line(struct otelc_tracer *tracer, FILE *file, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "accept line");
	int rc = *line ? store(tracer, file, line) : 0;

	if (span != NULL)
		OTELC_OPSR(span, end);
	return rc;
}
