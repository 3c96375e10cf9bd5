// Something happens between start and end, if only on one way.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path, char *line, int size)
{
	ctel_span *span = ctel_span_start(tracer, "load", NULL); // ok: log-like-span
	FILE *file = fopen(path, "r");
	ctel_span_end(span);
	if (!file)
		return -1;
	ctel_span *read_span = ctel_span_start(tracer, "read", NULL); // ok: log-like-span
	if (!size) {
		ctel_span_end(read_span);
		fclose(file);
		return -1;
	}
	int rc = fgets(line, size, file) ? 0 : -1;
	ctel_span_end(read_span);
	fclose(file);
	return rc;
}
