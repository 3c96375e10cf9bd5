// Comparators, one with a span of its own and one that calls a function with a span.
#include <ctel/ctel.h>
#include <stdlib.h>
#include <string.h>

extern ctel_tracer *tracer;

struct article {
	char name[32];
	long cents;
};

static int by_price(const void *a, const void *b)
{
	CTEL_SPAN(span, tracer, "compare prices"); // expect: hot-callback-span "by_price, a comparator"
	const struct article *x = a, *y = b;
	return x->cents < y->cents ? -1 : x->cents > y->cents;
}

static int natural_order(const char *x, const char *y)
{
	CTEL_SPAN(span, tracer, "natural order"); // expect-step: hot-callback-span "is started here"
	while (*x && *x == *y) {
		x++;
		y++;
	}
	return *x - *y;
}

static int by_name(const void *a, const void *b)
{
	const struct article *x = a, *y = b;
	return natural_order(x->name, y->name); // expect: hot-callback-span "by_name, a comparator, calls natural_order"
}

void sort(struct article *articles, size_t nr, int is_by_name)
{
	if (is_by_name)
		qsort(articles, nr, sizeof(*articles), by_name);
	else
		qsort(articles, nr, sizeof(*articles), by_price);
}
