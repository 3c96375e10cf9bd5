#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

extern ctel_tracer *tracer;
int store_write(const char *what);
int convert(int row);
int place_order(const char *tenant, long cents);
int refund(const char *tenant);
int ship(const char *tenant, const char *carrier);
int lookup_limit(int kind);
int row_to_json(int row);
int each_item(int nr);
int open_store(const char *name);
int open_cache(const char *name);
int cancel(const char *tenant);

/* complete by the sources; some spans came without the key all the same */
OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id")
int place_order(const char *tenant, long cents)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", tenant);
	ctel_set(span, "app.order.cents", cents);
	return store_write(tenant);
}

/* nobody asks for his money back */
OTEL_CRITICAL_PATH("checkout.refund", "tenant.id")
int refund(const char *tenant)
{
	CTEL_SPAN(span, tracer, "refund");
	ctel_set(span, "tenant.id", tenant);
	return store_write(tenant);
}

/* a path without the key, which was never taken */
OTEL_CRITICAL_PATH("checkout.ship", "app.carrier")
int ship(const char *tenant, const char *carrier)
{
	CTEL_SPAN(span, tracer, "ship");
	if (carrier)
		ctel_set(span, "app.carrier", carrier);
	return store_write(tenant);
}

/* trivial, by the sources: the page that it reads had been swapped out */
int lookup_limit(int kind)
{
	static const int limits[] = {10, 20, 30};
	CTEL_SPAN(span, tracer, "lookup limit");
	return limits[kind % 3] + kind;
}

/* nothing against it by the sources: who knows what convert() does */
int row_to_json(int row)
{
	CTEL_SPAN(span, tracer, "row to json");
	return convert(row) + convert(row + 1);
}

int each_item(int nr)
{
	char name[32];
	snprintf(name, sizeof(name), "item_%d", nr);
	CTEL_SPAN(span, tracer, name);
	return store_write(name) + convert(nr);
}

/* one name, two places */
int open_store(const char *name)
{
	CTEL_SPAN(span, tracer, "open");
	return store_write(name);
}

int open_cache(const char *name)
{
	CTEL_SPAN(span, tracer, "open");
	return store_write(name) + 1;
}

static void call_it(ctel_span *span, const char *tenant)
{
	ctel_span_rename(span, tenant[0] ? "cancel order" : "cancel guest's order");
}

/* never seen as "cancel", since a helper renames it: nothing is said */
OTEL_CRITICAL_PATH("checkout.cancel", "tenant.id")
int cancel(const char *tenant)
{
	CTEL_SPAN(span, tracer, "cancel");
	ctel_set(span, "tenant.id", tenant);
	call_it(span, tenant);
	return store_write(tenant);
}
