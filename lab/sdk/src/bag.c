/* SPDX-License-Identifier: Apache-2.0 */
/* Immutable, counted lists of strings: one allocation each, shared between threads without locks
 * because nothing in them changes but the count. */
#include <stdlib.h>
#include <string.h>

#include "base.h"

static const char *copy(char **at, const char *s)
{
	size_t n = strlen(s) + 1;
	char *to = memcpy(*at, s, n);
	*at += n;
	return to;
}

struct ctel_bag *bag_new(const struct bag_entry *entries, unsigned nr)
{
	if (nr == 0)
		return NULL;
	size_t size = sizeof(struct ctel_bag) + nr * sizeof(*entries);
	for (unsigned i = 0; i < nr; i++)
		size += strlen(entries[i].key) + strlen(entries[i].value) +
			strlen(entries[i].properties) + 3;
	struct ctel_bag *bag = malloc(size);
	if (!bag)
		return NULL;
	atomic_init(&bag->refs, 1);
	bag->nr = nr;
	char *at = (char *)&bag->entries[nr];
	for (unsigned i = 0; i < nr; i++) {
		bag->entries[i].key = copy(&at, entries[i].key);
		bag->entries[i].value = copy(&at, entries[i].value);
		bag->entries[i].properties = copy(&at, entries[i].properties);
	}
	return bag;
}

struct ctel_bag *bag_keep(struct ctel_bag *bag)
{
	if (bag)
		atomic_fetch_add_explicit(&bag->refs, 1, memory_order_relaxed);
	return bag;
}

void bag_drop(struct ctel_bag *bag)
{
	if (bag && atomic_fetch_sub_explicit(&bag->refs, 1, memory_order_acq_rel) == 1)
		free(bag);
}
