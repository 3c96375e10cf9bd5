/* A ladder of labels that ends the span and forgets the error. */
#include <ctel/ctel.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int copy_head(int from, int to);

int copy_head(int from, int to)
{
	ctel_span *span = ctel_span_start(tracer, "copy head", NULL);
	int rc = -1;
	char *buffer = malloc(4096);
	if (!buffer)
		goto end;
	ssize_t n = read(from, buffer, 4096);
	if (n < 0)
		goto free_buffer;
	if (write(to, buffer, (size_t)n) == n)
		rc = 0;
free_buffer:
	free(buffer);
end:
	ctel_span_end(span);
	return rc; // expect: error-without-status
}
