// With the span, after it was made current, or without a span of one's own.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

int request_send(void *headers);
void header_add(void *headers, const char *name, const char *value);

int with_span(void *headers)
{
	ctel_span *span = ctel_span_start(tracer, "GET price", &(ctel_start){.kind = CTEL_CLIENT});

	ctel_inject(ctel_ctx_with_span(span), header_add, headers);
	int rc = request_send(headers);
	ctel_span_end(span);
	return rc;
}

int made_current(void *headers)
{
	ctel_span *span = ctel_span_start(tracer, "GET price", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_scope scope = ctel_ctx_attach(ctel_ctx_with_span(span));

	ctel_inject(ctel_ctx_current(), header_add, headers);
	int rc = request_send(headers);
	ctel_ctx_detach(scope);
	ctel_span_end(span);
	return rc;
}

int of_the_caller(void *headers)
{
	CTEL_SPAN(span, tracer, "ask price");

	ctel_inject(ctel_ctx_current(), header_add, headers);
	return request_send(headers);
}
