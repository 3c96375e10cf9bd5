// Joined by hand, and by asprintf.
// flags: -D_GNU_SOURCE
#include <ctel/ctel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int session_sync(const char *session_id, int fd)
{
	char name[80] = "session ";

	strncat(name, session_id, 64); // expect-step: dynamic-span-name "session_id is joined into it"
	CTEL_SPAN(span, tracer, name); // expect: dynamic-span-name "built at run time"
	return fsync(fd);
}

int page_sync(void *page, int fd)
{
	char *name = NULL;

	if (asprintf(&name, "page %p", page) < 0)
		return -1;
	ctel_span *span = ctel_span_start(tracer, name, NULL); // expect: dynamic-span-name "formatted with an address"
	int rc = fsync(fd);
	ctel_span_end(span);
	free(name);
	return rc;
}
