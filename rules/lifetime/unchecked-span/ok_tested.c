// Tested once, before the first use.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");

	if (span == NULL)
		return -1;
	int rc = fsync(fd);
	OTELC_OPS(span, set_operation_name, "rotated");
	OTELC_OPSR(span, end);
	return rc;
}

int rotate_quietly(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	int rc = fsync(fd);

	if (span) {
		OTELC_OPS(span, set_operation_name, "rotated");
		OTELC_OPSR(span, end);
	}
	return rc;
}
