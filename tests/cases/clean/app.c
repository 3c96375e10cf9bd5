#include <ctel/ctel.h>

#include <stddef.h>

extern ctel_tracer *tracer;
int reserve(int item);

int order(int item)
{
	ctel_span *span = ctel_span_start(tracer, "order", NULL);
	int rc = reserve(item);
	if (rc < 0)
		ctel_span_error(span, "out_of_stock", "nothing left");
	ctel_span_end(span);
	return rc;
}
