// The context goes into the start.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int serve(struct otelc_tracer *tracer, const struct otelc_text_map_reader *headers, int fd)
{
	struct otelc_span_context *parent = OTELC_OPS(tracer, extract_text_map, headers);
	struct otelc_span *span = OTELC_OPS(tracer, start_span_with_options, "serve", NULL, parent, NULL,
		NULL, OTELC_SPAN_KIND_SERVER, NULL, 0);
	int rc = fsync(fd);

	if (span != NULL)
		OTELC_OPSR(span, end);
	if (parent != NULL)
		parent->ops->destroy(&parent);
	return rc;
}
