// Spans that say "this happened", by hand and by scope.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path, char *line, int size)
{
	FILE *file = fopen(path, "r");
	if (!file) {
		ctel_span *span = ctel_span_start(tracer, "file missing", NULL); // expect: log-like-span "over before anything happens"
		ctel_set(span, "file.path", path);
		ctel_span_end(span);
		return -1;
	}
	int rc = fgets(line, size, file) ? 0 : -1;
	{
		CTEL_SPAN(span, tracer, "file read"); // expect: log-like-span "over before anything happens"
		ctel_set(span, "file.path", path);
	}
	fclose(file);
	return rc;
}
