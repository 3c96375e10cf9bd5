// The loop now only records events, and the work is done once.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

void flush_all(struct otelc_span *span, const int *fds, int n)
{
	for (int i = 0; i < n; i++)
		OTELC_OPS(span, set_operation_name, "flush"); // expect: dangling-instrumentation
		fsync(fds[0]);
}

int flush_else(struct otelc_span *span, int fd, int is_quiet)
{
	int rc = 0;

	if (is_quiet)
		rc = close(fd);
	else
		OTELC_OPS(span, set_operation_name, "flush"); // expect: dangling-instrumentation
		rc = fsync(fd);
	return rc;
}
