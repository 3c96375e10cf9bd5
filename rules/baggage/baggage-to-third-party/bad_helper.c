// A helper injects into whatever it is given.
// config: {"rules": {"baggage-to-third-party": "warning"}, "trusted_hosts": ["*.shop.example", "localhost"]}
#include <ctel/ctel.h>

int http_post(const char *url, void *headers);
void header_add(void *headers, const char *name, const char *value);

static void add_context(void *headers)
{
	ctel_inject(ctel_ctx_current(), header_add, headers);
}

int serve(ctel_ctx incoming, const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(incoming, "tenant.id", tenant));
	ctel_scope scope = ctel_ctx_attach(ctx);

	ctel_ctx_detach(scope);
	return 0;
}

int mail(void *headers)
{
	add_context(headers); // expect: baggage-to-third-party "baggage is sent to mail.example.org"
	return http_post("https://user@mail.example.org/send?to=all", headers);
}
