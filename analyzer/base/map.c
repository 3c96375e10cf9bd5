/* Maps from strings, and interning on top of them. */
#include "base/map.h"

#include "base/hash.h"

#include <string.h>

void map_init(struct map *m, struct arena *a)
{
	*m = (struct map){.arena = a};
}

static size_t find_slot(const struct map *m, const char *key, size_t len, uint64_t hash)
{
	size_t mask = m->nr_slots - 1;
	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		uint32_t at = m->slots[i];
		if (!at)
			return i;
		const struct map_entry *e = &m->at[at - 1];
		if (e->hash == hash && strncmp(e->key, key, len) == 0 && e->key[len] == '\0')
			return i;
	}
}

static void rehash(struct map *m)
{
	m->nr_slots = m->nr_slots ? m->nr_slots * 2 : 16;
	m->slots = arena_array(m->arena, uint32_t, m->nr_slots);
	size_t mask = m->nr_slots - 1;
	for (size_t e = 0; e < m->nr; e++) {
		size_t i = (size_t)m->at[e].hash & mask;
		while (m->slots[i])
			i = (i + 1) & mask;
		m->slots[i] = (uint32_t)(e + 1);
	}
}

static struct map_entry *find(const struct map *m, const char *key)
{
	if (!m->nr)
		return NULL;
	size_t len = strlen(key);
	size_t i = find_slot(m, key, len, hash_bytes(key, len));
	return m->slots[i] ? &m->at[m->slots[i] - 1] : NULL;
}

void *map_get(const struct map *m, const char *key)
{
	struct map_entry *e = find(m, key);
	return e ? e->value : NULL;
}

bool map_has(const struct map *m, const char *key)
{
	return find(m, key) != NULL;
}

static struct map_entry *add(struct map *m, const char *key, uint64_t hash)
{
	if ((m->nr + 1) * 4 > m->nr_slots * 3)
		rehash(m);
	if (m->nr == m->cap) {
		size_t cap = m->cap ? m->cap * 2 : 8;
		m->at = arena_grow(m->arena, m->at, m->cap * sizeof(*m->at), cap * sizeof(*m->at));
		m->cap = cap;
	}
	struct map_entry *e = &m->at[m->nr++];
	*e = (struct map_entry){.key = key, .hash = hash};
	size_t mask = m->nr_slots - 1;
	size_t i = (size_t)hash & mask;
	while (m->slots[i])
		i = (i + 1) & mask;
	m->slots[i] = (uint32_t)m->nr;
	return e;
}

void **map_slot(struct map *m, const char *key)
{
	struct map_entry *e = find(m, key);
	if (!e)
		e = add(m, key, hash_bytes(key, strlen(key)));
	return &e->value;
}

void map_put(struct map *m, const char *key, void *value)
{
	*map_slot(m, key) = value;
}

void intern_init(struct intern *in, struct arena *a)
{
	map_init(&in->map, a);
}

const char *intern_n(struct intern *in, const char *s, size_t n)
{
	uint64_t hash = hash_bytes(s, n);
	if (in->map.nr) {
		size_t i = find_slot(&in->map, s, n, hash);
		if (in->map.slots[i])
			return in->map.at[in->map.slots[i] - 1].key;
	}
	return add(&in->map, arena_strndup(in->map.arena, s, n), hash)->key;
}

const char *intern(struct intern *in, const char *s)
{
	return intern_n(in, s, strlen(s));
}
