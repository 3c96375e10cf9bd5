// At home; or not known before it runs.
// config: {"rules": {"baggage-to-third-party": "warning"}, "trusted_hosts": ["*.shop.example", "localhost"]}
#include <ctel/ctel.h>
#include <stdio.h>

int http_post(const char *url, void *headers);
void header_add(void *headers, const char *name, const char *value);

int reserve(void *headers, const char *tenant)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant));

	ctel_inject(ctx, header_add, headers);
	return http_post("http://stock.shop.example:8080/reserve", headers) + http_post("http://localhost/reserve", headers);
}

int forward(void *headers, const char *host)
{
	char url[256];

	ctel_inject(ctel_ctx_current(), header_add, headers);
	snprintf(url, sizeof(url), "https://%s/forward", host);
	return http_post(url, headers);
}
