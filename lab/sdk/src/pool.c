/* SPDX-License-Identifier: Apache-2.0 */
/* Where spans live, and how a program holds one. A ctel_span pointer is not an address: its low
 * bits index a span, the rest is the serial number that span had when it was started. So an old
 * pointer is recognised instead of followed, and a second end is a counted mistake. */
#include <stdlib.h>

#include "internal.h"

#define INDEX_BITS (sizeof(uintptr_t) >= 8 ? 20 : 14)
#define CHUNK      64u /* spans allocated together */
#define NR_CHUNKS  ((1u << 20) / CHUNK)
#define MAX_SPANS  (1u << INDEX_BITS)
#define KEPT_TEXT  (16u * 1024) /* a span that held more gives it back */

static _Atomic(struct span *) chunks[NR_CHUNKS];
static struct span *free_list;
static uint32_t nr_spans;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct span *by_index(uint32_t index)
{
	struct span *chunk = atomic_load_explicit(&chunks[index / CHUNK], memory_order_acquire);
	return chunk ? &chunk[index % CHUNK] : NULL;
}

/* With the lock held. */
static void add_chunk(void)
{
	if (nr_spans + CHUNK > MAX_SPANS)
		return;
	struct span *chunk = calloc(CHUNK, sizeof(*chunk));
	if (!chunk)
		return;
	for (uint32_t i = 0; i < CHUNK; i++) {
		pthread_mutex_init(&chunk[i].lock, NULL);
		chunk[i].index = nr_spans + i;
		chunk[i].next_free = i + 1 < CHUNK ? &chunk[i + 1] : free_list;
	}
	free_list = chunk;
	atomic_store_explicit(&chunks[nr_spans / CHUNK], chunk, memory_order_release);
	nr_spans += CHUNK;
}

static void clear(struct span *s)
{
	bag_drop(s->tracestate);
	s->tracestate = NULL;
	if (s->text.cap > KEPT_TEXT)
		text_free(&s->text);
	text_clear(&s->text);
	s->nr_attributes = s->nr_events = s->dropped_attributes = s->dropped_events = 0;
	s->name = s->message = 0;
	s->status = CTEL_UNSET;
	s->entered = 0;
}

struct span *pool_take(void)
{
	pthread_mutex_lock(&lock);
	if (!free_list)
		add_chunk();
	struct span *s = free_list;
	if (s)
		free_list = s->next_free;
	pthread_mutex_unlock(&lock);
	if (!s)
		return NULL;
	pthread_mutex_lock(&s->lock);
	text_add(&s->text, "", 1);
	atomic_fetch_add_explicit(&s->serial, 1, memory_order_release);
	return s;
}

ctel_span *pool_handle(const struct span *s)
{
	uint64_t serial = atomic_load_explicit(&s->serial, memory_order_relaxed);
	return (ctel_span *)(((uintptr_t)serial << INDEX_BITS) | s->index);
}

/* The span the handle once was given for, or NULL if there never was one. */
static struct span *slot(const ctel_span *handle)
{
	uint32_t index = (uint32_t)((uintptr_t)handle & (MAX_SPANS - 1));
	return by_index(index);
}

bool pool_is_live(const ctel_span *handle)
{
	struct span *s = handle ? slot(handle) : NULL;
	return s && pool_handle(s) == handle;
}

struct span *pool_lock(const ctel_span *handle)
{
	if (!handle)
		return NULL;
	struct span *s = slot(handle);
	if (s) {
		pthread_mutex_lock(&s->lock);
		if (pool_handle(s) == handle)
			return s;
		pthread_mutex_unlock(&s->lock);
	}
	count_add(COUNT_MISUSED, 1);
	return NULL;
}

void pool_unlock(struct span *s)
{
	pthread_mutex_unlock(&s->lock);
}

void pool_give(struct span *s)
{
	clear(s);
	atomic_fetch_add_explicit(&s->serial, 1, memory_order_release);
	pthread_mutex_unlock(&s->lock);
	pthread_mutex_lock(&lock);
	s->next_free = free_list;
	free_list = s;
	pthread_mutex_unlock(&lock);
}

static void fork_lock(void)
{
	pthread_mutex_lock(&lock);
}

static void fork_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void pool_at_fork(void)
{
	pthread_atfork(fork_lock, fork_unlock, fork_unlock);
}

size_t span_text(struct span *s, const char *string)
{
	if (!*string)
		return 0;
	size_t at = s->text.n;
	text_puts(&s->text, string);
	if (s->text.is_broken)
		return 0;
	text_add(&s->text, "", 1);
	return at;
}
