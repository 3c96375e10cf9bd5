// A whole program that sends requests, and none with it.
#include <ctel/ctel.h>
#include <stddef.h>

typedef void CURL;

int curl_easy_perform(CURL *handle);

static int send_all(CURL *handle)
{
	return curl_easy_perform(handle); // expect-step: baggage-not-propagated "nothing is injected"
}

int main(int argc, char **argv)
{
	ctel_init("shop");
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", argv[argc - 1])); // expect: baggage-not-propagated "no request of this program takes it along"
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = send_all(NULL);

	ctel_ctx_detach(scope);
	ctel_shutdown(1000);
	return rc;
}
