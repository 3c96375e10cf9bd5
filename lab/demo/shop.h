/* A checkout, three times: under.c, right.c and over.c differ in their tracing alone. */
#ifndef DEMO_SHOP_H
#define DEMO_SHOP_H

#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

struct order {
	const char *id;
	const char *tenant;
	const char *item;
	int count;
	long cents;
};

extern ctel_tracer *tracer;

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int place_order(const struct order *order);

#endif
