// Two spans over the same function: ended by the scope, and by hand.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path)
{
	CTEL_SPAN(span, tracer, "load");
	CTEL_SPAN(file_span, tracer, "load file"); // expect: duplicate-span "covers exactly what span"
	ctel_set(file_span, "file.path", path);
	FILE *file = fopen(path, "r");
	if (!file)
		return -1;
	fclose(file);
	return 0;
}

int touch(const char *path)
{
	ctel_span *outer = ctel_span_start(tracer, "touch", NULL);
	ctel_span *inner = ctel_span_start(tracer, "touch file", NULL); // expect: duplicate-span "covers exactly"
	FILE *file = fopen(path, "a");
	if (file)
		fclose(file);
	ctel_span_end(inner);
	ctel_span_end(outer);
	return file ? 0 : -1;
}
