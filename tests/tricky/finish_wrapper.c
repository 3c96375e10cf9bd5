// The end has a name of its own in this house.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static void finish_span(ctel_span *span, int rc)
{
	if (!span)
		return;
	if (rc < 0)
		ctel_span_error(span, "failed", NULL);
	ctel_span_end(span);
}

static int finish(ctel_span *span, int rc)
{
	finish_span(span, rc);
	return rc;
}

int store(const char *path, const void *bytes, unsigned long size)
{
	ctel_span *span = ctel_span_start(tracer, "store", NULL);
	FILE *file = fopen(path, "w");

	if (!file)
		return finish(span, -ENOENT);
	int rc = fwrite(bytes, 1, size, file) == size ? 0 : -EIO;
	fclose(file);
	return finish(span, rc);
}
