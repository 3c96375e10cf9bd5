// The inner span is a part of the outer one: something happens before it or behind it.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path, char *line, int size)
{
	CTEL_SPAN(span, tracer, "load");
	FILE *file = fopen(path, "r");
	if (!file)
		return -1;
	CTEL_SPAN(read_span, tracer, "read"); // ok: duplicate-span
	int rc = fgets(line, size, file) ? 0 : -1;
	fclose(file);
	return rc;
}

int touch(const char *path)
{
	ctel_span *outer = ctel_span_start(tracer, "touch", NULL);
	ctel_span *inner = ctel_span_start(tracer, "open", NULL); // ok: duplicate-span
	FILE *file = fopen(path, "a");
	ctel_span_end(inner);
	if (file)
		fclose(file);
	ctel_span_end(outer);
	return file ? 0 : -1;
}
