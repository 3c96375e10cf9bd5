// The compiler calls the end: with the SDK's macro, and with a cleanup function of one's own.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static void end_span(ctel_span **span)
{
	if (*span)
		ctel_span_end(*span);
}

#define SCOPED_SPAN ctel_span *__attribute__((cleanup(end_span)))

int copy_line(FILE *from, FILE *to)
{
	CTEL_SPAN(span, tracer, "copy line");
	char line[256];

	if (!fgets(line, sizeof(line), from))
		return feof(from) ? 0 : -EIO;
	if (fputs(line, to) < 0) {
		ctel_span_error(span, "write_failed", NULL);
		return -EIO;
	}
	return 1;
}

int copy_lines(FILE *from, FILE *to, int limit)
{
	SCOPED_SPAN span = ctel_span_start(tracer, "copy lines", NULL);
	int copied = 0;

	while (copied < limit) {
		int rc = copy_line(from, to);
		if (rc < 0)
			return rc;
		if (rc == 0)
			break;
		copied++;
	}
	ctel_set(span, "app.lines", copied);
	return copied;
}
