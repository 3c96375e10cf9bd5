/* The handle is read before the arguments behind it take different paths. */
#include <ctel/ctel.h>

#include <stdio.h>

static ctel_tracer *tracer(void)
{
	return ctel_tracer_get("stock", "1.0.0");
}

static void finish(ctel_span *span, int rc, const char *what)
{
	if (rc < 0)
		ctel_span_error(span, what, "see the log");
	ctel_span_end(span);
}

int reserve(const char *item, int count);

int reserve(const char *item, int count)
{
	ctel_span *span = ctel_span_start(tracer(), "reserve stock", NULL);
	FILE *file = fopen("stock.csv", "a");
	int rc = file ? fprintf(file, "%s,%d\n", item, -count) : -1;
	if (file)
		fclose(file);
	finish(span, rc < 0 ? -1 : 0, file ? "write_failed" : "open_failed");
	return rc < 0 ? -1 : 0;
}
