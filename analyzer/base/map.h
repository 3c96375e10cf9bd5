/* Maps from strings: open addressing, insertion order kept, so that iteration is deterministic.
 * Keys are not copied: they live as long as the map's arena, or longer. */
#ifndef OTEL_TIDY_BASE_MAP_H
#define OTEL_TIDY_BASE_MAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct map_entry {
	const char *key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct map_entry *at; /* in order of insertion */
	size_t nr;
	size_t cap;
	uint32_t *slots; /* index + 1 into `at`; 0 is free */
	size_t nr_slots;
};

void map_init(struct map *m, struct arena *a);
/* The value, or NULL when the key is not there. */
void *map_get(const struct map *m, const char *key);
bool map_has(const struct map *m, const char *key);
/* Adds or replaces. */
void map_put(struct map *m, const char *key, void *value);
/* The place of the key's value; added with NULL when it is new. Valid until the next addition. */
void **map_slot(struct map *m, const char *key);

/* Interning: equal texts share one pointer, so that they can be compared with ==. */
struct intern {
	struct map map;
};

void intern_init(struct intern *in, struct arena *a);
const char *intern(struct intern *in, const char *s);
const char *intern_n(struct intern *in, const char *s, size_t n);

#endif
