/* The payment service, another process: knows accounts, and has never heard of tenants. */
#include <otel-tidy/annotations.h>

#include "shop.h"
#include "web.h"

OTEL_CRITICAL_PATH("payment.charge", "tenant.id", "app.payment.flow")
static int charge(struct web_request *request)
{
	CTEL_CTX(from, ctel_extract(web_header, request));
	ctel_span *span = ctel_span_enter_with(
		tracer(), "charge card", &(ctel_start){.parent = &from, .kind = CTEL_SERVER});
	const char *flow = web_text(request, "flow");
	ctel_set(span, "tenant.id", ctel_baggage_get(from, "tenant.id"));
	ctel_set(span, "app.payment.flow", flow);
	int rc = account_charge(web_number(request, "account"), flow);
	if (rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	ctel_span_end(span);
	return rc;
}

static int serve(struct web_request *request)
{
	return charge(request) == 0 ? 200 : 402;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	shop_open("payment");
	int rc = web_run(serve, argv[1]);
	return shop_close() || rc ? 1 : 0;
}
