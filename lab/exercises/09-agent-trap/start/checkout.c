/* Takes orders. An agent was asked to "add tracing", and did. */
#include <otel-tidy/annotations.h>

#include "shop.h"

static int order_total(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "order_total");
	ctel_set(span, "app.order.total_cents", order->cents);
	return order->cents;
}

static int is_large(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "is_large");
	return order_total(order) > 50000;
}

static int shipping_cents(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "shipping_cents");
	int cents = is_large(order) ? 0 : 490;
	for (int piece = 1; piece < order->pieces; piece++) {
		CTEL_SPAN(piece_span, tracer(), "shipping_piece");
		ctel_set(piece_span, "app.piece", piece);
		cents += 90;
	}
	return cents;
}

static int charge(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "charge card");
	ctel_set(span, "app.payment.flow", order->flag);
	int rc = card_charge(order);
	if (rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	return rc;
}

static int process_payment(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "process_payment");
	return charge(order);
}

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	ctel_set(span, "app.shipping.cents", shipping_cents(order));
	int rc = process_payment(order);
	if (rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	return rc;
}

int main(void)
{
	shop_open("checkout");
	for (int i = 0; i < nr_orders; i++)
		shop_print(&orders[i], place_order(&orders[i]));
	return shop_close();
}
