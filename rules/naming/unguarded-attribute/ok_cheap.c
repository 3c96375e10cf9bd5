// Nothing to save here.
#include <ctel/ctel.h>
#include <stdio.h>

struct order {
	const char *name;
	int nr;
};

static const char *name_of(const struct order *order)
{
	return order->name ? order->name : "unnamed";
}

void note(ctel_span *span, const struct order *order)
{
	char text[32];

	snprintf(text, sizeof(text), "%d", order->nr);
	ctel_set(span, "app.order.name", name_of(order));
	ctel_set(span, "app.order.lines", (const char *)text);
}
