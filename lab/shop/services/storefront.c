/* The storefront: knows whose shop a visitor is in, and passes orders on to CHECKOUT_URL. */
#include <stdlib.h>
#include <string.h>

#include "payment.h"
#include "web/web.h"

static bool is_tenant(const char *id)
{
	for (unsigned i = 0; i < tenant_count(); i++)
		if (!strcmp(tenant_by_index(i)->id, id))
			return true;
	return false;
}

static void handle(const struct web_request *request, struct web_response *response)
{
	const char *checkout = getenv("CHECKOUT_URL");
	char tenant[16];
	if (!form_field(request->body, "tenant", tenant, sizeof(tenant)) || !is_tenant(tenant)) {
		web_answer(response, 404, "result=unknown_tenant");
		return;
	}
	web_label("tenant.id", tenant);
	if (!checkout || web_post(checkout, request->body, response) != 0)
		web_answer(response, 502, "result=no_checkout");
}

int main(int argc, char **argv)
{
	return web_main(argc, argv, "storefront", handle);
}
