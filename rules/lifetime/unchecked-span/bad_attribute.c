// The start may give NULL, and the first call reads through it.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate"); // expect: unchecked-span
	int rc = fsync(fd);

	OTELC_OPS(span, set_operation_name, "rotated"); // expect-step: unchecked-span "used here"
	OTELC_OPSR(span, end);
	return rc;
}
