// The copy of the handle still points to what the end has freed.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	struct otelc_span *root = span;

	if (span == NULL)
		return -1;
	int rc = fsync(fd);
	OTELC_OPSR(span, end);
	OTELC_OPS(root, set_operation_name, "rotated"); // expect: use-after-end "renamed"
	return rc;
}
