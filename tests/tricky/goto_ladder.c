// Resources are given back in the reverse order, the span last; nothing was started before it.
#include <ctel/ctel.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int snapshot(const char *from, const char *to)
{
	int rc = -ENOMEM;
	char *buffer = malloc(1 << 16);
	if (!buffer)
		goto out;

	ctel_span *span = ctel_span_enter(tracer, "snapshot");
	int in = open(from, O_RDONLY);
	if (in < 0) {
		rc = -errno;
		goto out_span;
	}
	int out = open(to, O_WRONLY | O_CREAT, 0600);
	if (out < 0) {
		rc = -errno;
		goto out_in;
	}
	for (;;) {
		long n = read(in, buffer, 1 << 16);
		if (n == 0)
			break;
		if (n < 0 || write(out, buffer, (size_t)n) != n) {
			rc = -EIO;
			goto out_out;
		}
	}
	rc = 0;
out_out:
	close(out);
out_in:
	close(in);
out_span:
	if (rc < 0)
		ctel_span_error(span, "snapshot_failed", NULL);
	ctel_span_end(span);
	free(buffer);
out:
	return rc;
}
