// The same in C: the wrapper takes what it is given.
#include <ctel/ctel.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static ctel_span *begin(const char *name)
{
	ctel_span *span = ctel_span_start(tracer, name, NULL);
	ctel_set(span, "app.component", "storage");
	return span;
}

int block_sync(unsigned long block, int fd)
{
	char name[40];

	snprintf(name, sizeof(name), "sync block %lu", block); // expect-step: dynamic-span-name "formatted with a number"
	ctel_span *span = begin(name); // expect: dynamic-span-name "formatted with a number"
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}
