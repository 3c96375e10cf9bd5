// The check that was added later returns before the end.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

extern ctel_tracer *tracer;

int invoice_write(const char *path, const char *text)
{
	ctel_span *span = ctel_span_start(tracer, "write invoice", NULL); // expect: span-leak "is not ended on this path" // expect-step: span-leak "started here"
	FILE *file = fopen(path, "w");

	if (!file) { // expect-step: span-leak "file is NULL"
		ctel_span_error(span, "open_failed", path);
		return -errno; // expect-step: span-leak "leaves with the span still open"
	}
	fwrite(text, 1, strlen(text), file);
	int rc = fclose(file) ? -errno : 0;
	ctel_span_end(span);
	return rc;
}
