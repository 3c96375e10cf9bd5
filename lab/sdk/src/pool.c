/* SPDX-License-Identifier: Apache-2.0 */
/* Where spans live, and how a program holds one. A ctel_span pointer is not an address: its low
 * bits index a span, the rest is the serial number that span had when it was started. So an old
 * pointer is recognised instead of followed, and a second end is a counted mistake. The same word
 * is the span's lock, so that checking a pointer and locking what it stands for is one step.
 *
 * Each thread keeps free spans for itself; a shared list of lots evens out between those that start
 * spans and those that end or export them. */
#include <sched.h>
#include <stdlib.h>

#include "span.h"

#define CHUNK POOL_CHUNK
#define LOT   32u   /* spans that go to and from the shared list together */
#define KEPT  4096u /* bytes a free span keeps; more it gives back */

_Atomic(struct span *) pool_chunks[(1u << 20) / CHUNK];
static struct span *free_lots;
static uint32_t nr_spans;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void use_inline_memory(struct span *s)
{
	s->name = (struct buf){.data = (unsigned char *)s->inline_name, .cap = NR_INLINE_NAME};
	s->attributes.bytes = (struct buf){.data = s->inline_bytes, .cap = NR_INLINE_BYTES};
	s->attributes.refs = s->inline_refs;
	s->attributes.cap = NR_INLINE_REFS;
}

/* With the lock held: spans linked by `next`. */
static void put_lot(struct span *first, uint32_t nr)
{
	first->next_lot = free_lots;
	first->lot_size = nr;
	free_lots = first;
}

/* With the lock held. */
static void add_chunk(void)
{
	if (nr_spans + CHUNK > POOL_MAX)
		return;
	struct span *chunk = aligned_alloc(64, CHUNK * sizeof(*chunk));
	if (!chunk)
		return;
	memset(chunk, 0, CHUNK * sizeof(*chunk));
	for (uint32_t i = 0; i < CHUNK; i++) {
		chunk[i].index = nr_spans + i;
		use_inline_memory(&chunk[i]);
		chunk[i].next = (i + 1) % LOT ? &chunk[i + 1] : NULL;
		if (i % LOT == 0)
			put_lot(&chunk[i], LOT);
	}
	atomic_store_explicit(&pool_chunks[nr_spans / CHUNK], chunk, memory_order_release);
	nr_spans += CHUNK;
}

static void refill(struct thread *t)
{
	pthread_mutex_lock(&lock);
	if (!free_lots)
		add_chunk();
	t->free_spans = free_lots;
	t->nr_free = free_lots ? free_lots->lot_size : 0;
	if (free_lots)
		free_lots = free_lots->next_lot;
	pthread_mutex_unlock(&lock);
}

struct span *pool_take(void)
{
	struct thread *t = thread_get();
	if (!t || thread_is_inside)
		return NULL;
	thread_enter();
	if (!t->free_spans)
		refill(t);
	struct span *s = t->free_spans;
	if (s) {
		t->free_spans = s->next;
		t->nr_free--;
		__builtin_prefetch(s->next, 1);
		uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
		atomic_store_explicit(&s->state, state + 2, memory_order_release);
	}
	thread_leave();
	return s;
}

bool pool_is_live(const ctel_span *handle)
{
	struct span *s = handle ? pool_slot(handle) : NULL;
	if (!s)
		return false;
	uint64_t state = atomic_load_explicit(&s->state, memory_order_acquire);
	return pool_handle_of(state, s->index) == handle;
}

struct span *pool_lock_slowly(struct span *s, const ctel_span *handle)
{
	for (unsigned spins = 0; s; spins++) {
		uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
		if (pool_handle_of(state, s->index) != handle)
			break;
		state &= ~UINT64_C(1);
		if (atomic_compare_exchange_weak_explicit(&s->state, &state, state | 1,
			    memory_order_acquire, memory_order_relaxed))
			return s;
		if (spins > 100)
			sched_yield();
	}
	if (s)
		thread_leave();
	count_add(COUNT_MISUSED, 1);
	return NULL;
}

void pool_retire(struct span *s)
{
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	atomic_store_explicit(&s->state, state + 1, memory_order_release);
	thread_leave();
}

ctel_span *pool_revive(struct span *s)
{
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	atomic_store_explicit(&s->state, state + 2, memory_order_release);
	return pool_handle(s);
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
	if (!span_is_recording(s) && !s->tracestate)
		return; /* nothing was written */
	if (s->tracestate)
		bag_drop(s->tracestate);
	s->tracestate = NULL;
	if (s->attributes.bytes.cap > KEPT || s->attributes.cap > 128 || s->name.cap > KEPT) {
		attribute_set_free(&s->attributes);
		buf_free(&s->name);
		use_inline_memory(s);
	}
	s->name.n = 0;
	s->attributes.bytes.n = s->attributes.nr = s->attributes.dropped = 0;
	s->attributes.seen = 0;
	if (!s->has_more)
		return;
	s->has_more = false;
	clear_buf(&s->message);
	clear_buf(&s->events);
	clear_buf(&s->links);
	s->nr_events = s->nr_links = s->dropped_events = s->dropped_links = 0;
}

void pool_give_all(struct span **spans, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		clear(spans[i]);
		spans[i]->next = (i + 1) % LOT && i + 1 < nr ? spans[i + 1] : NULL;
	}
	thread_enter();
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < nr; i += LOT)
		put_lot(spans[i], (uint32_t)(nr - i < LOT ? nr - i : LOT));
	pthread_mutex_unlock(&lock);
	thread_leave();
}

/* One lot of a thread's own to everybody. */
static void give_lot(struct thread *t)
{
	struct span *first = t->free_spans, *last = first;
	for (unsigned i = 1; i < LOT; i++)
		last = last->next;
	t->free_spans = last->next;
	t->nr_free -= LOT;
	last->next = NULL;
	pthread_mutex_lock(&lock);
	put_lot(first, LOT);
	pthread_mutex_unlock(&lock);
}

void pool_give(struct span *s)
{
	struct thread *t = thread_get();
	if (!t || thread_is_inside) {
		pool_give_all(&s, 1);
		return;
	}
	clear(s);
	thread_enter();
	s->next = t->free_spans;
	t->free_spans = s;
	if (++t->nr_free >= 3 * LOT)
		give_lot(t);
	thread_leave();
}

void pool_give_back(struct thread *t)
{
	pthread_mutex_lock(&lock);
	if (t->free_spans)
		put_lot(t->free_spans, t->nr_free);
	pthread_mutex_unlock(&lock);
	t->free_spans = NULL;
	t->nr_free = 0;
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
		struct span *s = &pool_chunks[i / CHUNK][i % CHUNK];
		uint64_t state = atomic_load(&s->state);
		if (state & 1)
			atomic_store(&s->state, state + 1);
	}
	pthread_mutex_unlock(&lock);
}
