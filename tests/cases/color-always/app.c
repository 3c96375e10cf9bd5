#include <ctel/ctel.h>

#include <stddef.h>

extern ctel_tracer *tracer;
int reserve(int item);

int order(int item)
{
	ctel_span *span = ctel_span_start(tracer, "order", NULL);
	if (reserve(item) < 0)
		return -1;
	ctel_span_end(span);
	return 0;
}
