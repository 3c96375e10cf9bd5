// The macro sets the variable to NULL that it is given, and not the copy.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	struct otelc_span *current = span;

	if (span == NULL)
		return -1;
	int rc = fsync(fd);
	OTELC_OPSR(span, end);
	OTELC_OPSR(current, end); // expect: double-end
	return rc;
}
