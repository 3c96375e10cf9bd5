// The house's macros: statements that look like loops, and ends that forget the handle.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

#define TRACE_END(span)                                                                            \
	do {                                                                                       \
		if (span) {                                                                        \
			ctel_span_end(span);                                                       \
			(span) = NULL;                                                             \
		}                                                                                  \
	} while (0)

#define TRACE_FAIL(span, type, result)                                                             \
	do {                                                                                       \
		ctel_span_error((span), (type), #result);                                          \
		TRACE_END(span);                                                                   \
		return (result);                                                                   \
	} while (0)

int append(const char *path, const char *line)
{
	ctel_span *span = ctel_span_start(tracer, "append line", NULL);
	FILE *file = fopen(path, "a");

	if (!file)
		TRACE_FAIL(span, "open_failed", -ENOENT);
	if (fputs(line, file) < 0) {
		fclose(file);
		TRACE_FAIL(span, "write_failed", -EIO);
	}
	fclose(file);
	TRACE_END(span);
	TRACE_END(span); /* twice is nothing: the handle is gone */
	return 0;
}
