/* Placing an order. */
#include "checkout.h"

#include <pthread.h>

#include <otel-tidy/annotations.h>

#include "flags.h"
#include "inventory.h"
#include "payment.h"
#include "tracing.h"

/* A guest's card is always charged through the old flow: the new one needs an account. */
static bool wants_payment_v2(const struct customer *customer)
{
	CTEL_SPAN(span, shop_tracer(), "wants_payment_v2");
	return !customer->is_guest && is_flag_enabled(FLAG_PAYMENT_V2, customer);
}

/* After the money has been taken: nothing here may lose the order. One at a time, since a database
 * connection has one transaction. */
static int complete_order(sqlite3 *db, const struct cart *cart, const struct order *order)
{
	CTEL_SPAN(span, shop_tracer(), "complete_order");
	ctel_set(span, "app.order.id", order->id);
	static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&turn);
	int rc = save_order(db, order, cart);
	if (rc == SHOP_OK)
		rc = issue_receipt(db, order, cart);
	pthread_mutex_unlock(&turn);
	return rc;
}

OTEL_CRITICAL_PATH(
	"checkout.place_order", "tenant.id", "user.id|user.hash|enduser.pseudo.id", "app.order.id?")
int place_order(sqlite3 *db, const struct cart *cart, struct order *order)
{
	const struct customer *customer = order->customer;
	bool use_v2;
	int rc;
	CTEL_SPAN(span, shop_tracer(), "place_order");
	ctel_set(span, "app.order.id", order->id);
	if (cart_is_empty(cart)) {
		ctel_span_error(span, shop_result_name(SHOP_EMPTY_CART), NULL);
		return SHOP_EMPTY_CART;
	}
	if (customer->is_guest) {
		ctel_set(span, "app.customer.kind", "guest");
		ctel_set(span, "user.hash", customer->hash);
	} else {
		ctel_set(span, "app.customer.kind", "account");
		ctel_set(span, "user.hash", customer->hash);
		ctel_set(span, "tenant.id", customer->tenant->id);
	}
	use_v2 = wants_payment_v2(customer);
	ctel_set(span, "app.feature.payment_v2", use_v2);
	rc = price_cart(customer, cart, &order->price);
	if (rc != SHOP_OK)
		goto failed;
	ctel_set(span, "app.order.total_minor", order->price.total);
	rc = reserve_inventory(db, order, cart);
	if (rc != SHOP_OK)
		goto failed;
	rc = charge_payment(order, use_v2);
	if (rc != SHOP_OK)
		goto release;
	rc = complete_order(db, cart, order);
	if (rc != SHOP_OK)
		goto failed;
	ctel_event(span, "order_placed");
	ctel_span_status(span, CTEL_OK, NULL);
	return SHOP_OK;
release:
	release_inventory(db, order->id);
failed:
	ctel_span_error(span, shop_result_name(rc), NULL);
	return rc;
}

int checkout_submit(sqlite3 *db, const struct cart *cart, struct order *order)
{
	CTEL_SPAN(span, shop_tracer(), "checkout_submit");
	return place_order(db, cart, order);
}
