/* A fixed catalogue: what matters here is what happens to it. */
#include "catalog.h"

#include <string.h>

static const struct article articles[] = {
	{"BOOK-C", "The C Reference", 3999, 400, true},
	{"BOOK-OBS", "Observing Systems", 4450, 300, true},
	{"COFFEE", "Coffee beans, 1 kg", 1890, 500, true},
	{"MUG", "Enamel mug", 1250, 600, false},
	{"KEYBOARD", "Mechanical keyboard", 12900, 300, false},
	{"CABLE", "USB cable, 2 m", 999, 700, false},
	{"LAMP", "Desk lamp", 5490, 220, false},
	{"CHAIR", "Office chair", 28900, 110, false},
};

const struct article *catalog_find(const char *sku)
{
	for (unsigned i = 0; i < catalog_size(); i++)
		if (!strcmp(articles[i].sku, sku))
			return &articles[i];
	return NULL;
}

const struct article *catalog_by_index(unsigned index)
{
	return &articles[index % catalog_size()];
}

unsigned catalog_size(void)
{
	return sizeof(articles) / sizeof(articles[0]);
}
