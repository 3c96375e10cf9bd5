/* Takes orders, and writes each receipt on a thread of its own. */
#include <otel-tidy/annotations.h>
#include <pthread.h>
#include <stdio.h>

#include "shop.h"

struct job {
	const struct order *order;
	int rc;
};

static void *write_receipt(void *arg)
{
	struct job *job = arg;
	CTEL_SPAN(span, tracer(), "write receipt");
	FILE *file = fopen("build/receipts.txt", "a");
	if (!file) {
		ctel_span_error(span, "no_file", NULL);
		job->rc = -3;
		return NULL;
	}
	fprintf(file, "%s %d.%02d\n", job->order->id, job->order->cents / 100, job->order->cents % 100);
	fclose(file);
	return NULL;
}

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
static int place_order(const struct order *order)
{
	pthread_t thread;
	CTEL_SPAN(span, tracer(), "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	int rc = card_charge(order);
	if (rc != 0) {
		ctel_span_error(span, "card_declined", NULL);
		return rc;
	}
	struct job job = {.order = order};
	if (pthread_create(&thread, NULL, write_receipt, &job) != 0) {
		ctel_span_error(span, "no_thread", NULL);
		return -3;
	}
	pthread_join(thread, NULL);
	return job.rc;
}

int main(void)
{
	shop_open("checkout");
	for (int i = 0; i < nr_orders; i++)
		shop_print(&orders[i], place_order(&orders[i]));
	return shop_close();
}
