// What is done comes after both have ended: the two are of no length, which is another matter.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path)
{
	ctel_span *outer = ctel_span_start(tracer, "outer", NULL);
	ctel_span *inner = ctel_span_start(tracer, "inner", NULL); // ok: duplicate-span
	ctel_set(outer, "file.path", path);
	ctel_span_end(inner);
	ctel_span_end(outer);
	FILE *file = fopen(path, "r");
	if (!file)
		return -1;
	return fclose(file);
}
