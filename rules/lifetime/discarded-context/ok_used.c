// Attached, given to a start, released, or handed on.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;
const char *header(void *request, const char *name);

int serve(void *request, int fd)
{
	CTEL_CTX(parent, ctel_extract(header, request));
	ctel_span *span = ctel_span_start(
		tracer, "serve", &(ctel_start){.parent = &parent, .kind = CTEL_SERVER});
	ctel_scope scope = ctel_ctx_attach(ctel_ctx_with_span(span));
	int rc = fsync(fd);

	ctel_ctx_detach(scope);
	ctel_span_end(span);
	return rc;
}

ctel_ctx with_tenant(const char *tenant)
{
	return ctel_baggage_set(ctel_ctx_current(), "app.tenant", tenant);
}
