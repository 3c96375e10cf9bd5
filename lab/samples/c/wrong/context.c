/* Wrong: the receipt's thread knows nothing of the order, so its span begins a trace of its own. */
#include <ctel/ctel.h>

#include <pthread.h>

#include "../shop.h"

static ctel_tracer *tracer;

static void *send_receipt(void *order)
{
	CTEL_SPAN(span, tracer, "send receipt");
	int rc = mail_send(order);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return NULL;
}

int place_order(struct order *order)
{
	pthread_t thread;
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", order->tenant);
	int rc = warehouse_reserve(order);
	if (rc) {
		ctel_span_error(span, shop_error(rc), NULL);
		return rc;
	}
	if (pthread_create(&thread, NULL, send_receipt, order)) {
		ctel_span_error(span, "no_thread", NULL);
		return SHOP_UNAVAILABLE;
	}
	pthread_join(thread, NULL);
	return SHOP_OK;
}
