// A function of the program goes over all lines, for the span alone.
#include <ctel/ctel.h>
#include <stddef.h>

struct order {
	const char *names[32];
	size_t nr;
};

static char text[1024];

static const char *all_names(const struct order *order)
{
	size_t n = 0;

	for (size_t i = 0; i < order->nr; i++)
		for (const char *p = order->names[i]; *p && n + 1 < sizeof(text); p++)
			text[n++] = *p;
	text[n] = '\0';
	return text;
}

int store(const struct order *order);

int save(ctel_span *span, const struct order *order)
{
	ctel_set(span, "app.order.names", all_names(order)); // expect: unguarded-attribute "all_names() is called for attribute"
	return store(order);
}
