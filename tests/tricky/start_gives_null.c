// No span, nothing to end: the wrapper's start may give NULL.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int reload(struct otelc_tracer *tracer, const char *path)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "reload configuration");
	if (span == NULL)
		return -1;

	FILE *file = fopen(path, "r");
	if (file == NULL) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "cannot be opened");
		OTELC_OPSR(span, end);
		return -1;
	}
	fclose(file);
	OTELC_OPSR(span, end);
	return 0;
}

int reload_quietly(struct otelc_tracer *tracer, const char *path)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "reload quietly");
	FILE *file = fopen(path, "r");

	if (file)
		fclose(file);
	if (span != NULL)
		OTELC_OPSR(span, end);
	return file ? 0 : -1;
}

/* Two, the second inside the first. */
int reload_nested(struct otelc_tracer *tracer, const char *path)
{
	int rc = -1;
	struct otelc_span *outer = OTELC_OPS(tracer, start_span, "reload all");

	if (outer != NULL) {
		struct otelc_span *inner = OTELC_OPS(tracer, start_span_with_options, "reload one", outer, NULL,
			NULL, NULL, OTELC_SPAN_KIND_INTERNAL, NULL, 0);
		if (inner != NULL) {
			rc = reload(tracer, path);
			OTELC_OPSR(inner, end);
		}
		OTELC_OPSR(outer, end);
	}
	return rc;
}
