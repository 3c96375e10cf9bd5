// The payment provider gets the tenants.
// config: {"rules": {"baggage-to-third-party": "warning"}, "trusted_hosts": ["*.shop.example", "localhost"]}
#include <ctel/ctel.h>

typedef void CURL;

int curl_easy_setopt(CURL *handle, int option, ...);
int curl_easy_perform(CURL *handle);
void header_add(void *headers, const char *name, const char *value);

int pay(CURL *handle, const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));

	curl_easy_setopt(handle, 10002, "https://api.payments.example:443/v1/charge"); // expect-step: baggage-to-third-party "the request goes to api.payments.example"
	ctel_inject(ctx, header_add, handle); // expect: baggage-to-third-party "baggage is sent to api.payments.example"
	return curl_easy_perform(handle);
}
