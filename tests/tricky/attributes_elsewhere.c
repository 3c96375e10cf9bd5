// The required attributes are there, though not where one looks first.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

extern ctel_tracer *tracer;

struct order {
	const char *tenant, *user, *user_hash, *id;
	int lines;
};

int ledger_append(const struct order *order);
int parse_order(const char *text, struct order *order);

static void describe(ctel_span *span, const struct order *order)
{
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
}

/* Set by a callee on the span it is given. */
OTEL_CRITICAL_PATH("orders.place", "tenant.id", "app.order.id")
int order_place(const struct order *order)
{
	ctel_span *span = ctel_span_enter(tracer, "place order");

	describe(span, order);
	int rc = ledger_append(order);
	if (rc < 0)
		ctel_span_error(span, "ledger", NULL);
	ctel_span_end(span);
	return rc;
}

static void note_tenant(const struct order *order)
{
	ctel_set(ctel_span_current(), "tenant.id", order->tenant);
}

/* Set by a callee on whatever span is current. */
OTEL_CRITICAL_PATH("orders.cancel", "tenant.id")
int order_cancel(const struct order *order)
{
	CTEL_SPAN(span, tracer, "cancel order");

	note_tenant(order);
	return ledger_append(order);
}

/* No span of its own: the handler's is already active. */
OTEL_CRITICAL_PATH("orders.list", "tenant.id", "span=current")
int order_list(const struct order *order, FILE *out)
{
	ctel_span *span = ctel_span_current();

	ctel_set(span, "tenant.id", order->tenant);
	return fprintf(out, "%s %d\n", order->id, order->lines) < 0 ? -EIO : 0;
}

/* One of several keys is enough, and each way sets one. */
OTEL_CRITICAL_PATH("orders.pay", "user.id|user.hash", "app.coupon.code?")
int order_pay(const struct order *order, const char *coupon)
{
	CTEL_SPAN(span, tracer, "pay order");

	if (order->user_hash)
		ctel_set(span, "user.hash", order->user_hash);
	else
		ctel_set(span, "user.id", order->user);
	if (coupon)
		ctel_set(span, "app.coupon.code", coupon);
	return ledger_append(order);
}

/* A failure leaves before there is an order to speak of. */
OTEL_CRITICAL_PATH("orders.import", "tenant.id", "app.order.id")
int order_import(const char *text)
{
	CTEL_SPAN(span, tracer, "import order");
	struct order order;

	if (parse_order(text, &order) < 0) {
		ctel_span_error(span, "syntax", "order not understood");
		return 1;
	}
	ctel_set(span, "tenant.id", order.tenant);
	if (!order.id)
		return -EINVAL;
	ctel_set(span, "app.order.id", order.id);
	return ledger_append(&order);
}

/* The start is a wrapper's, and sets the first attribute. */
static ctel_span *order_span(const char *name, const struct order *order)
{
	ctel_span *span = ctel_span_enter(tracer, name);
	ctel_set(span, "tenant.id", order->tenant);
	return span;
}

static int order_done(ctel_span *span, const struct order *order, int rc)
{
	ctel_set(span, "app.order.id", order->id);
	ctel_span_end(span);
	return rc;
}

OTEL_CRITICAL_PATH("orders.ship", "tenant.id", "app.order.id")
int order_ship(const struct order *order)
{
	ctel_span *span = order_span("ship order", order);

	if (order->lines == 0)
		return order_done(span, order, -EINVAL);
	return order_done(span, order, ledger_append(order));
}
