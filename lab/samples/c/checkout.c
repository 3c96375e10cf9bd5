/* One order, from the cart to the receipt, with the spans that are worth having. */
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "shop.h"

static ctel_tracer *tracer(void)
{
	return ctel_tracer_get("checkout", "1.0.0");
}

/* [baggage] What came with the request, on the span that has to be found by it. */
static void record_baggage(ctel_span *span)
{
	ctel_set(span, "tenant.id", ctel_baggage_get(ctel_ctx_current(), "tenant.id"));
	ctel_set(span, "app.flag", ctel_baggage_get(ctel_ctx_current(), "app.flag"));
}
/* [/baggage] */

static int reserve_stock(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "reserve stock");
	record_baggage(span);
	ctel_set(span, "app.order.items", order->nr_items);
	int rc = warehouse_reserve(order);
	if (rc)
		ctel_span_error(span, shop_error(rc), "the warehouse has too few");
	return rc;
}

/* [error] Each attempt has a span of its own, and the one that failed says why. */
static int charge_once(const struct order *order, int attempt)
{
	struct headers headers = {0};
	ctel_span *span = ctel_span_enter_with(
		tracer(), "charge payment", &(ctel_start){.kind = CTEL_CLIENT});
	record_baggage(span);
	ctel_set(span, "server.address", PAYMENT_HOST);
	ctel_set(span, "app.payment.attempt", attempt);
	ctel_inject(ctel_ctx_current(), headers_set, &headers);
	int rc = payment_charge(&headers, order, attempt);
	if (rc)
		ctel_span_error(span, shop_error(rc), "no answer in 20 ms");
	ctel_span_end(span);
	return rc;
}
/* [/error] */

static int charge_payment(const struct order *order)
{
	int rc = charge_once(order, 1);
	return rc == SHOP_TIMEOUT ? charge_once(order, 2) : rc;
}

/* [context] What is current belongs to a thread: the receipt's takes a copy along, and attaches it.
 */
struct receipt {
	const struct order *order;
	ctel_ctx ctx;
};

static void *send_receipt(void *argument)
{
	struct receipt *receipt = argument;
	ctel_scope scope = ctel_ctx_attach(receipt->ctx);
	{
		CTEL_SPAN(span, tracer(), "send receipt");
		record_baggage(span);
		int rc = mail_send(receipt->order);
		if (rc)
			ctel_span_error(span, shop_error(rc), "the mail was not taken");
	}
	ctel_ctx_detach(scope);
	ctel_ctx_release(&receipt->ctx);
	return NULL;
}

static int send_receipt_aside(const struct order *order)
{
	struct receipt receipt = {order, ctel_ctx_copy(ctel_ctx_current())};
	pthread_t thread;
	if (pthread_create(&thread, NULL, send_receipt, &receipt)) {
		ctel_ctx_release(&receipt.ctx);
		return SHOP_UNAVAILABLE;
	}
	pthread_join(thread, NULL);
	return SHOP_OK;
}
/* [/context] */

static int fulfil(const struct order *order)
{
	int rc = reserve_stock(order);
	if (rc == SHOP_OK)
		rc = charge_payment(order);
	if (rc == SHOP_OK)
		rc = send_receipt_aside(order);
	return rc;
}

/* [critical-path] The one operation the business asks about has a span, whatever happens. */
OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "user.hash", "app.order.id")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	/* [attributes] What one would search for, each with its type; of the person a hash. */
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "user.hash", order->user_hash);
	ctel_set(span, "app.flag", order->flag);
	ctel_set(span, "app.order.id", order->id);
	ctel_set(span, "app.order.items", order->nr_items);
	ctel_set(span, "app.order.total", order->total);
	ctel_set(span, "app.order.express", order->is_express);
	ctel_set_strings(span, "app.order.skus", order->skus, order->nr_skus);
	/* [/attributes] */

	/* [baggage] From here on it travels: into calls, threads and other services. */
	CTEL_CTX(tenant, ctel_baggage_set(ctel_ctx_current(), "tenant.id", order->tenant));
	CTEL_CTX(carried, ctel_baggage_set(tenant, "app.flag", order->flag));
	ctel_scope scope = ctel_ctx_attach(carried);
	/* [/baggage] */
	int rc = fulfil(order);
	ctel_ctx_detach(scope);
	if (rc)
		ctel_span_error(span, shop_error(rc), "the order was not placed");
	return rc;
}
/* [/critical-path] */

/* [configuration] OTEL_CONFIG_FILE or OTEL_… variables say where spans go; the end waits for them.
 */
int main(void)
{
	if (ctel_init("checkout"))
		return 2;
	int rc = place_order(&todays_order);
	printf("%s: %s\n", todays_order.id, rc ? shop_error(rc) : "placed");
	return ctel_shutdown(5000) || rc;
}
/* [/configuration] */
