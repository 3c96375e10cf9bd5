// The same with the C wrapper.
#include <opentelemetry-c-wrapper/include.h>

#include <unistd.h>

static struct otelc_tracer *tracer;

int sync_all(int fd)
{
	int rc = fsync(fd);

	if (rc) {
		struct otelc_span *span = OTELC_OPS(tracer, start_span, "sync failed"); // expect: log-like-span "over before"
		OTELC_OPSR(span, end);
	}
	return rc;
}
