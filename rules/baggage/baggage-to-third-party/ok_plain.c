// A request to somebody else, and nothing in it.
// config: {"rules": {"baggage-to-third-party": "warning"}, "trusted_hosts": ["*.shop.example", "localhost"]}
#include <ctel/ctel.h>

int http_post(const char *url, void *headers);

int pay(void *headers, const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = http_post("https://api.payments.example/charge", headers);

	ctel_ctx_detach(scope);
	return rc;
}
