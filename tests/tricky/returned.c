// A factory: what it returns belongs to its caller, also when it is dressed up first.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct request {
	const char *method, *route;
	int status;
	FILE *body;
};

ctel_span *request_span(const struct request *r)
{
	ctel_span *span = ctel_span_start(tracer, "handle request", &(ctel_start){.kind = CTEL_SERVER});
	if (!span)
		return NULL;
	ctel_set(span, "http.request.method", r->method);
	ctel_set(span, "http.route", r->route);
	return span;
}

ctel_span *request_span_if(const struct request *r, bool wanted)
{
	return wanted ? request_span(r) : NULL;
}

int request_serve(struct request *r)
{
	ctel_span *span = request_span_if(r, r->route != NULL);
	int rc = fputs("hello\n", r->body) < 0 ? -1 : 0;

	r->status = rc ? 500 : 200;
	ctel_set(span, "http.response.status_code", r->status);
	ctel_span_end(span);
	return rc;
}
