#ifndef LOG_H
#define LOG_H

#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static inline int log_line(FILE *file, const char *text)
{
	ctel_span *span = ctel_span_start(tracer, "log line", NULL);

	if (fputs(text, file) < 0)
		return -1;
	ctel_span_end(span);
	return 0;
}

#endif
