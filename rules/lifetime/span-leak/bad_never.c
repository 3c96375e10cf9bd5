// The end was forgotten altogether.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static void describe(ctel_span *span, const char *path, long bytes)
{
	ctel_set(span, "file.path", path);
	ctel_set(span, "file.size", bytes);
}

long file_size(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "measure file", NULL); // expect: span-leak "never ended"
	FILE *file = fopen(path, "r");
	long bytes = -1;

	if (file && fseek(file, 0, SEEK_END) == 0)
		bytes = ftell(file);
	if (file)
		fclose(file);
	describe(span, path, bytes);
	return bytes; // expect-step: span-leak "still open"
}
