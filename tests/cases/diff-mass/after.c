#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct cart {
	int count;
	long total;
	const char *owner;
};

int cart_count(const struct cart *cart)
{
	CTEL_SPAN(span, tracer, "cart_count");
	return cart->count;
}

long cart_total(const struct cart *cart)
{
	CTEL_SPAN(span, tracer, "cart_total");
	return cart->total;
}

const char *cart_owner(const struct cart *cart)
{
	CTEL_SPAN(span, tracer, "cart_owner");
	return cart->owner;
}

bool cart_is_empty(const struct cart *cart)
{
	CTEL_SPAN(span, tracer, "cart_is_empty");
	return cart_count(cart) == 0;
}

static long tax(long total)
{
	CTEL_SPAN(span, tracer, "tax");
	long base = total / 100;
	return base * 19;
}

long cart_price(const struct cart *cart)
{
	CTEL_SPAN(span, tracer, "cart_price");
	return cart_total(cart) + tax(cart_total(cart));
}

int order_place(struct cart *cart, FILE *journal)
{
	CTEL_SPAN(span, tracer, "order_place");
	if (cart_is_empty(cart))
		return -1;
	return fprintf(journal, "%s %ld\n", cart_owner(cart), cart_price(cart)) < 0 ? -1 : 0;
}
