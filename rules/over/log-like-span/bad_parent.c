// A span that holds another one is its parent and is left alone; the inner one is reported.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path)
{
	ctel_span *outer = ctel_span_start(tracer, "outer", NULL); // ok: log-like-span
	ctel_span *inner = ctel_span_start(tracer, "inner", NULL);
	ctel_span_error(inner, "timeout", path);
	FILE *file = fopen(path, "r");
	ctel_span_end(inner);
	ctel_span_end(outer);
	return file ? fclose(file) : -1;
}

int note(const char *path)
{
	FILE *file = fopen(path, "r");
	ctel_span *outer = ctel_span_start(tracer, "outer", NULL); // ok: log-like-span
	ctel_span *inner = ctel_span_start(tracer, "inner", NULL); // expect: log-like-span "over before anything happens"
	ctel_span_end(inner);
	ctel_span_end(outer);
	return file ? fclose(file) : -1;
}
