/* The articles, the same for all tenants. */
#ifndef CATALOG_H
#define CATALOG_H

#include "shop.h"

struct article {
	const char *sku;
	const char *title;
	int64_t price;
	int stock; /* at the start of the day */
	bool is_reduced_tax;
};

const struct article *catalog_find(const char *sku);
const struct article *catalog_by_index(unsigned index);
unsigned catalog_size(void);

#endif
