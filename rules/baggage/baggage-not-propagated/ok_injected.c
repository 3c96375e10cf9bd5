// Attached and injected, injected at once, handed on, given to a start.
#include <ctel/ctel.h>
#include <stddef.h>

typedef void CURL;
extern ctel_tracer *tracer;

struct job {
	ctel_ctx ctx;
};

int curl_easy_perform(CURL *handle);
void header_add(void *headers, const char *name, const char *value);
int run(ctel_ctx ctx);

ctel_ctx with_tenant(const char *tenant)
{
	return ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant);
}

int at_once(const char *tenant, void *headers)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));

	ctel_inject(ctx, header_add, headers);
	return curl_easy_perform(headers);
}

int handed_on(const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));

	return run(ctx);
}

void kept(struct job *job, const char *tenant)
{
	ctel_ctx ctx = ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant);

	job->ctx = ctx;
}

ctel_span *as_parent(const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));

	return ctel_span_start(tracer, "send", &(ctel_start){.parent = &ctx});
}

int main(void)
{
	ctel_init("shop");
	int rc = at_once("one", NULL);
	ctel_shutdown(1000);
	return rc;
}
