// The same as an event, on the span that is there.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int load(const char *path, char *line, int size)
{
	CTEL_SPAN(span, tracer, "load"); // ok: log-like-span
	FILE *file = fopen(path, "r");
	if (!file) {
		ctel_event(span, "file missing");
		return -1;
	}
	int rc = fgets(line, size, file) ? 0 : -1;
	fclose(file);
	return rc;
}
