/* SPDX-License-Identifier: Apache-2.0 */
/* Start and end with the program, and a table from other libraries' objects to our spans. */
#include "auto.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

/* Configured by the environment alone; not configured, all of it stays as it was. */
__attribute__((constructor)) static void begin(void)
{
	ctel_init(NULL);
}

__attribute__((destructor)) static void finish(void)
{
	ctel_shutdown(2000);
}

void *auto_real(void **slot, const char *name)
{
	void *f = __atomic_load_n(slot, __ATOMIC_RELAXED);
	if (!f) {
		f = dlsym(RTLD_NEXT, name);
		__atomic_store_n(slot, f, __ATOMIC_RELAXED);
	}
	return f;
}

ctel_tracer *auto_tracer(void)
{
	return ctel_tracer_get("ctel-auto", CTEL_VERSION);
}

/* ---- The table: open addressing, doubled when it is three quarters full --------------------- */

static struct auto_entry *entries;
static size_t nr, cap;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static size_t place(const void *object)
{
	uint64_t x = (uint64_t)(uintptr_t)object * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(x >> 32) & (cap - 1);
}

/* With the lock held: where the object is, or where it would go. */
static size_t look(const void *object)
{
	size_t i = place(object);
	while (entries[i].object && entries[i].object != object)
		i = (i + 1) & (cap - 1);
	return i;
}

static bool grow(void)
{
	struct auto_entry *old = entries;
	size_t old_cap = cap, new_cap = cap ? 2 * cap : 64;
	struct auto_entry *grown = calloc(new_cap, sizeof(*grown));
	if (!grown)
		return false;
	entries = grown;
	cap = new_cap;
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].object)
			entries[look(old[i].object)] = old[i];
	free(old);
	return true;
}

bool auto_find(const void *object, struct auto_entry *out)
{
	bool is_there = false;
	pthread_mutex_lock(&lock);
	if (cap) {
		size_t i = look(object);
		is_there = entries[i].object != NULL;
		if (is_there)
			*out = entries[i];
	}
	pthread_mutex_unlock(&lock);
	return is_there;
}

bool auto_put(const struct auto_entry *entry)
{
	pthread_mutex_lock(&lock);
	bool has_room = (nr + 1) * 4 <= cap * 3 || grow();
	if (has_room) {
		size_t i = look(entry->object);
		nr += entries[i].object == NULL;
		entries[i] = *entry;
	}
	pthread_mutex_unlock(&lock);
	return has_room;
}

bool auto_take(const void *object, struct auto_entry *out)
{
	bool is_there = false;
	pthread_mutex_lock(&lock);
	size_t i = cap ? look(object) : 0;
	if (cap && entries[i].object) {
		is_there = true;
		*out = entries[i];
		entries[i].object = NULL;
		nr--;
		/* Those behind it may stand there because it was in their place. */
		for (size_t k = (i + 1) & (cap - 1); entries[k].object; k = (k + 1) & (cap - 1)) {
			struct auto_entry moved = entries[k];
			entries[k].object = NULL;
			entries[look(moved.object)] = moved;
		}
	}
	pthread_mutex_unlock(&lock);
	return is_there;
}
