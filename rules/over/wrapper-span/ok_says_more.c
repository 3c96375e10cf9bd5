// Each of these spans says something that the inner one does not, or does something else.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct order {
	long id, cents;
};

static int write_order(FILE *file, const struct order *order)
{
	CTEL_SPAN(span, tracer, "write order");
	ctel_set(span, "app.order.id", order->id);
	return fprintf(file, "%ld %ld\n", order->id, order->cents) < 0 ? -1 : 0;
}

int save_with_tenant(FILE *file, const struct order *order, const char *tenant)
{
	CTEL_SPAN(span, tracer, "save order"); // ok: wrapper-span
	ctel_set(span, "tenant.id", tenant);
	return write_order(file, order);
}

int save_with_status(FILE *file, const struct order *order)
{
	CTEL_SPAN(span, tracer, "save order"); // ok: wrapper-span
	int rc = write_order(file, order);
	if (rc)
		ctel_span_error(span, "io", "cannot be written");
	return rc;
}

int save_twice(FILE *file, FILE *copy, const struct order *order)
{
	CTEL_SPAN(span, tracer, "save order"); // ok: wrapper-span
	int rc = write_order(file, order);
	return rc ? rc : write_order(copy, order);
}

int save_and_flush(FILE *file, const struct order *order)
{
	CTEL_SPAN(span, tracer, "save order"); // ok: wrapper-span
	int rc = write_order(file, order);
	fflush(file);
	return rc;
}
