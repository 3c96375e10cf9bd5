/* Answers a request: the caller's context comes with its headers. */
#include <string.h>
#include <sys/socket.h>

#include <ctel/ctel.h>

extern ctel_tracer *tracer;
int ask_price(const char *url, long *status);

struct request {
	const char *traceparent;
	const char *url;
	int peer;
};

static const char *get_header(void *carrier, const char *name)
{
	const struct request *request = carrier;
	return strcmp(name, "traceparent") ? NULL : request->traceparent;
}

int request_peer(const struct request *request)
{
	return request->peer;
}

int answer(struct request *request)
{
	CTEL_CTX(remote, ctel_extract(get_header, request));
	ctel_span *span = ctel_span_start(
		tracer, "answer", &(ctel_start){.parent = &remote, .kind = CTEL_SERVER});
	ctel_scope scope = ctel_ctx_attach(ctel_ctx_with_span(span));
	long status = 0;
	int rc = ask_price(request->url, &status);
	ctel_set(span, "http.response.status_code", status);
	if (rc == 0 && send(request_peer(request), "done", 4, 0) < 0)
		rc = -2;
	if (rc < 0)
		ctel_span_error(span, "answer", NULL);
	ctel_ctx_detach(scope);
	ctel_span_end(span);
	return rc;
}
