// An event-driven server: the span lives in the request and is ended by another callback.
#include <ctel/ctel.h>
#include <stdlib.h>

extern ctel_tracer *tracer;
extern const char *header_value(const char *headers, const char *name);

struct request {
	ctel_span *span;
	const char *route;
	long received;
};

int on_headers(struct request *r, const char *headers)
{
	const char *route = header_value(headers, "x-route");
	if (!route)
		return 400;
	r->route = route;
	r->span = ctel_span_start(tracer, "serve", &(ctel_start){.kind = CTEL_SERVER});
	ctel_set(r->span, "http.route", route);
	return 0;
}

int on_body(struct request *r, const char *bytes, long n)
{
	(void)bytes;
	r->received += n;
	if (r->received > 1 << 20)
		return 413;
	return 0;
}

void on_complete(struct request *r, int status)
{
	ctel_set(r->span, "http.response.status_code", status);
	ctel_span_end(r->span);
	free(r);
}
