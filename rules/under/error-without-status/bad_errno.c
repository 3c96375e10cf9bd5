// -errno is an error, returned at once or kept in a variable first.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int first_line(const char *path, char *line, int size)
{
	CTEL_SPAN(span, tracer, "read first line");
	FILE *file = fopen(path, "r");

	if (!file)
		return -errno; // expect: error-without-status "leaves first_line() here"
	char *text = fgets(line, size, file);
	fclose(file);
	if (!text) {
		ctel_span_error(span, "empty", path);
		return -ENODATA;
	}
	return 0;
}

int read_row(int table, char *row, unsigned long size)
{
	ctel_span *span = ctel_span_start(tracer, "read row", NULL);
	long n = read(table, row, size);

	if (n < 0) {
		int rc = -errno;
		ctel_span_end(span);
		return rc; // expect: error-without-status "leaves read_row() here"
	}
	ctel_span_end(span);
	return 0;
}
