// Named after each file there is.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int copy_out(FILE *file);

int file_export(const char *target)
{
	char name[64];

	snprintf(name, sizeof(name), "export %s", target); // expect-step: dynamic-span-name "formatted with target"
	CTEL_SPAN(span, tracer, name); // expect: dynamic-span-name "formatted with target"
	FILE *file = fopen(target, "w");
	if (!file) {
		ctel_span_error(span, "open", target);
		return -1;
	}
	int rc = copy_out(file);
	if (rc < 0)
		ctel_span_error(span, "copy", target);
	fclose(file);
	return rc;
}
