/* SPDX-License-Identifier: Apache-2.0 */
/* Where spans live, and how a program holds one. A ctel_span pointer is not an address: its low
 * bits index a span, the rest is the serial number that span had when it was started. So an old
 * pointer is recognised instead of followed, and a second end is a counted mistake. The same word
 * is the span's lock, so that checking a pointer and locking what it stands for is one step.
 *
 * Each thread keeps free spans for itself; a shared list evens out between those that start spans
 * and those that end or export them. */
#include <sched.h>
#include <stdlib.h>

#include "span.h"

#define INDEX_BITS (sizeof(uintptr_t) >= 8 ? 20 : 14)
#define CHUNK      64u /* spans allocated together */
#define NR_CHUNKS  ((1u << 20) / CHUNK)
#define MAX_SPANS  (1u << INDEX_BITS)
#define LOT        32u   /* spans that go to and from the shared list together */
#define KEPT       4096u /* bytes a free span keeps; more it gives back */

static _Atomic(struct span *) chunks[NR_CHUNKS];
static struct span *free_list;
static uint32_t nr_spans;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The span the handle once was given for, or NULL if there never was one. */
static struct span *slot(const ctel_span *handle)
{
	uint32_t index = (uint32_t)((uintptr_t)handle & (MAX_SPANS - 1));
	struct span *chunk = atomic_load_explicit(&chunks[index / CHUNK], memory_order_acquire);
	return chunk ? &chunk[index % CHUNK] : NULL;
}

static ctel_span *handle_of(uint64_t state, uint32_t index)
{
	return (ctel_span *)(((uintptr_t)(state >> 1) << INDEX_BITS) | index);
}

static void use_inline_memory(struct span *s)
{
	s->name = (struct buf){.data = (unsigned char *)s->inline_name, .cap = NR_INLINE_NAME};
	s->attributes.bytes = (struct buf){.data = s->inline_bytes, .cap = NR_INLINE_BYTES};
	s->attributes.refs = s->inline_refs;
	s->attributes.cap = NR_INLINE_REFS;
}

/* With the lock held. */
static void add_chunk(void)
{
	if (nr_spans + CHUNK > MAX_SPANS)
		return;
	struct span *chunk = aligned_alloc(64, CHUNK * sizeof(*chunk));
	if (!chunk)
		return;
	memset(chunk, 0, CHUNK * sizeof(*chunk));
	for (uint32_t i = 0; i < CHUNK; i++) {
		chunk[i].index = nr_spans + i;
		chunk[i].next = i + 1 < CHUNK ? &chunk[i + 1] : free_list;
		use_inline_memory(&chunk[i]);
	}
	free_list = chunk;
	atomic_store_explicit(&chunks[nr_spans / CHUNK], chunk, memory_order_release);
	nr_spans += CHUNK;
}

/* Takes a lot from the shared list. */
static void refill(struct thread *t)
{
	pthread_mutex_lock(&lock);
	if (!free_list)
		add_chunk();
	struct span *last = NULL;
	t->free_spans = free_list;
	for (t->nr_free = 0; t->nr_free < LOT && free_list; t->nr_free++) {
		last = free_list;
		free_list = free_list->next;
	}
	if (last)
		last->next = NULL;
	pthread_mutex_unlock(&lock);
}

struct span *pool_take(void)
{
	struct thread *t = thread_get();
	if (!t || thread_is_inside)
		return NULL;
	thread_is_inside = 1;
	if (!t->free_spans)
		refill(t);
	struct span *s = t->free_spans;
	if (s) {
		t->free_spans = s->next;
		t->nr_free--;
		uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
		atomic_store_explicit(&s->state, state + 2, memory_order_release);
	}
	thread_is_inside = 0;
	return s;
}

ctel_span *pool_handle(const struct span *s)
{
	return handle_of(atomic_load_explicit(&s->state, memory_order_relaxed), s->index);
}

struct span *pool_peek(const ctel_span *handle)
{
	struct span *s = handle ? slot(handle) : NULL;
	if (!s)
		return NULL;
	uint64_t state = atomic_load_explicit(&s->state, memory_order_acquire);
	return handle_of(state, s->index) == handle ? s : NULL;
}

bool pool_is_live(const ctel_span *handle)
{
	return pool_peek(handle) != NULL;
}

struct span *pool_lock(const ctel_span *handle)
{
	if (!handle)
		return NULL;
	struct span *s = slot(handle);
	if (!s || thread_is_inside)
		goto misused;
	thread_is_inside = 1;
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	for (unsigned spins = 0;; spins++) {
		if (handle_of(state, s->index) != handle)
			break;
		state &= ~UINT64_C(1);
		if (atomic_compare_exchange_weak_explicit(&s->state, &state, state | 1,
			    memory_order_acquire, memory_order_relaxed))
			return s;
		if (spins > 100)
			sched_yield();
	}
	thread_is_inside = 0;
misused:
	count_add(COUNT_MISUSED, 1);
	return NULL;
}

void pool_unlock(struct span *s)
{
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	atomic_store_explicit(&s->state, state - 1, memory_order_release);
	thread_is_inside = 0;
}

void pool_retire(struct span *s)
{
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	atomic_store_explicit(&s->state, state + 1, memory_order_release);
	thread_is_inside = 0;
}

/* ---- Back into the pool -------------------------------------------------------------------- */

static void clear_buf(struct buf *b)
{
	if (b->cap > KEPT)
		buf_free(b);
	b->n = 0;
}

static void clear(struct span *s)
{
	if (!s->is_recording && !s->tracestate)
		return; /* nothing was written */
	bag_drop(s->tracestate);
	s->tracestate = NULL;
	if (s->attributes.bytes.cap > KEPT || s->attributes.cap > 128 || s->name.cap > KEPT) {
		attribute_set_free(&s->attributes);
		buf_free(&s->name);
		use_inline_memory(s);
	}
	clear_buf(&s->message);
	clear_buf(&s->events);
	clear_buf(&s->links);
	s->name.n = 0;
	s->attributes.bytes.n = s->attributes.nr = s->attributes.dropped = 0;
	s->nr_events = s->nr_links = s->dropped_events = s->dropped_links = 0;
}

void pool_give_all(struct span **spans, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		clear(spans[i]);
		if (i)
			spans[i]->next = spans[i - 1];
	}
	if (nr == 0)
		return;
	pthread_mutex_lock(&lock);
	spans[0]->next = free_list;
	free_list = spans[nr - 1];
	pthread_mutex_unlock(&lock);
}

void pool_give(struct span *s)
{
	struct thread *t = thread_get();
	if (!t || t->nr_free >= 2 * LOT || thread_is_inside) {
		pool_give_all(&s, 1);
		return;
	}
	clear(s);
	thread_is_inside = 1;
	s->next = t->free_spans;
	t->free_spans = s;
	t->nr_free++;
	thread_is_inside = 0;
}

/* ---- Forks --------------------------------------------------------------------------------- */

void pool_fork_lock(void)
{
	pthread_mutex_lock(&lock);
}

void pool_fork_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void pool_fork_child(void)
{
	for (uint32_t i = 0; i < nr_spans; i++) {
		struct span *s = &chunks[i / CHUNK][i % CHUNK];
		uint64_t state = atomic_load(&s->state);
		if (state & 1)
			atomic_store(&s->state, state + 1);
	}
	pthread_mutex_unlock(&lock);
}
