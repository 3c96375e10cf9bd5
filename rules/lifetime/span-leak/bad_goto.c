// One of the labels comes after the end.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int backup(int from, int to, unsigned long size)
{
	ctel_span *span = ctel_span_enter(tracer, "backup"); // expect: span-leak "not ended on this path"
	int rc = -ENOMEM;
	char *buffer = malloc(size);

	if (!buffer) // expect-step: span-leak "buffer is NULL"
		goto out;
	long n = read(from, buffer, size);
	if (n < 0) {
		rc = -errno;
		goto out_free;
	}
	rc = write(to, buffer, (unsigned long)n) == n ? 0 : -EIO;
out_free:
	free(buffer);
	ctel_set(span, "app.bytes", size);
	ctel_span_end(span);
out:
	return rc; // expect-step: span-leak "still open"
}
