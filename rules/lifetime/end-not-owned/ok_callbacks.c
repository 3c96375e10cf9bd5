// One callback makes the span current and leaves it so, another ends it.
#include <ctel/ctel.h>

extern ctel_tracer *tracer;

void on_request_begin(void)
{
	(void)!ctel_span_enter(tracer, "request");
}

void on_request_end(int status)
{
	ctel_span *span = ctel_span_current();

	ctel_set(span, "http.response.status_code", status);
	ctel_span_end(span);
}
