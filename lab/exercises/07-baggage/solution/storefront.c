/* The storefront: knows the tenant, and asks the payment service for the money. */
#include <otel-tidy/annotations.h>
#include <stdio.h>
#include <stdlib.h>

#include "shop.h"
#include "web.h"

static int payment_port;

static int pay(const struct order *order)
{
	char form[64];
	struct web_headers headers = {0};
	CTEL_SPAN(span, tracer(), "ask for payment");
	snprintf(form, sizeof(form), "account=%d&cents=%d&flow=%s", order->account, order->cents,
		order->flag);
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", order->tenant));
	ctel_inject(ctx, web_header_add, &headers);
	int status = web_post(payment_port, "/pay", &headers, form);
	if (status != 200) {
		ctel_span_error(span, "payment_failed", NULL);
		return -2;
	}
	return 0;
}

OTEL_CRITICAL_PATH("storefront.place_order", "tenant.id", "app.order.id", "baggage=tenant.id")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	int rc = pay(order);
	if (rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	return rc;
}

int main(int argc, char **argv)
{
	payment_port = argc > 1 ? atoi(argv[1]) : 0;
	shop_open("storefront");
	for (int i = 0; i < nr_orders; i++)
		shop_print(&orders[i], place_order(&orders[i]));
	return shop_close();
}
