// The branch for the error ends the span and then runs into the common end.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int send_order(int fd, const char *text, unsigned size)
{
	ctel_span *span = ctel_span_start(tracer, "send order", &(ctel_start){.kind = CTEL_CLIENT});
	int rc = 0;

	if (write(fd, text, size) < 0) {
		ctel_span_error(span, "write_failed", NULL);
		ctel_span_end(span); // expect-step: double-end "ended here"
		rc = -1;
	}
	ctel_span_end(span); // expect: double-end "ended twice"
	return rc;
}
