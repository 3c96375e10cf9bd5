// The end leaves NULL behind, and the rest asks for it.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	int rc = fsync(fd);

	if (span != NULL)
		OTELC_OPSR(span, end);
	if (span != NULL)
		OTELC_OPS(span, set_operation_name, "rotated");
	return rc;
}
