/* SPDX-License-Identifier: Apache-2.0 */
/* Ended spans on their way to a processor. Each thread has a ring of pointers for each processor,
 * written by that thread alone and read by the processor alone, so that threads that end spans do
 * not wait for each other. What bounds the queue as a whole are credits: a thread takes them in
 * lots, and they come back when spans have left the queue. */
#include <stdlib.h>

#include "sdk.h"

/* ---- Putting in: on the thread that ended the span ------------------------------------------ */

void queue_drop_one(struct span *s)
{
	if (atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) == 1)
		pool_give(s);
}

/* The ring is as large as the queue: it cannot be full as long as there are credits. What another
 * provider has left in it is dropped. */
static bool ring_prepare(struct ring *r, const struct processor *p)
{
	uint32_t size = 16;
	while (size < (uint32_t)p->config.max_queue)
		size *= 2;
	thread_lock_all(); /* no processor looks into it meanwhile */
	uint32_t head = atomic_load(&r->head), tail = atomic_load(&r->tail);
	uint32_t nr_left = tail - head;
	for (; head != tail; head++)
		queue_drop_one(r->slots[head & r->mask]);
	atomic_store(&r->head, 0);
	atomic_store(&r->tail, 0);
	r->credits = 0;
	if (r->mask + 1 != size || !r->slots) {
		free(r->slots);
		r->slots = calloc(size, sizeof(*r->slots));
		r->mask = r->slots ? size - 1 : 0;
	}
	r->generation = r->slots ? p->provider->generation : 0;
	bool is_ready = r->slots != NULL;
	thread_unlock_all();
	if (nr_left)
		count_add(COUNT_DROPPED, nr_left);
	return is_ready;
}

static bool take_credits(struct ring *r, struct processor *p)
{
	int64_t left = atomic_fetch_sub(&p->credits, p->lot);
	int64_t got = left < (int64_t)p->lot ? left : (int64_t)p->lot;
	if (got < 0)
		got = 0;
	if (got < (int64_t)p->lot) /* not a whole lot: the rest goes back */
		atomic_fetch_add(&p->credits, (int64_t)p->lot - got);
	r->credits = (uint32_t)got;
	worker_wake(p, got == 0 || p->config.max_queue - left >= p->config.max_batch);
	return got > 0;
}

void queue_put(struct processor *p, struct span *s)
{
	struct thread *t = thread_get();
	thread_enter();
	struct ring *r = t ? &t->rings[p->index] : NULL;
	bool is_in = r && (r->generation == p->provider->generation || ring_prepare(r, p)) &&
		     (r->credits || take_credits(r, p));
	if (__builtin_expect(!is_in, 0)) {
		count_add(COUNT_DROPPED, 1);
		count_add(COUNT_DROPPED_FULL, 1);
		queue_drop_one(s);
		thread_leave();
		return;
	}
	uint32_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
	r->slots[tail & r->mask] = s;
	__builtin_prefetch(&r->slots[(tail + 16) & r->mask], 1); /* the processor had that line */
	r->credits--;
	atomic_store_explicit(&r->tail, tail + 1, memory_order_release);
	thread_leave();
}

/* ---- Taking out: on the processor's thread -------------------------------------------------- */

uint32_t queue_take(struct processor *p, struct span **out, uint32_t max)
{
	uint32_t n = 0;
	for (struct thread *t = thread_lock_all(); t && n < max; t = t->next) {
		struct ring *r = &t->rings[p->index];
		if (r->generation != p->provider->generation)
			continue;
		uint32_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
		uint32_t tail = atomic_load_explicit(&r->tail, memory_order_acquire);
		for (; head != tail && n < max; head++)
			out[n++] = r->slots[head & r->mask];
		atomic_store_explicit(&r->head, head, memory_order_release);
	}
	thread_unlock_all();
	atomic_fetch_add(&p->credits, n);
	return n;
}

uint32_t queue_length(const struct processor *p)
{
	uint32_t n = 0;
	for (struct thread *t = thread_lock_all(); t; t = t->next) {
		struct ring *r = &t->rings[p->index];
		if (r->generation == p->provider->generation)
			n += atomic_load_explicit(&r->tail, memory_order_acquire) -
			     atomic_load_explicit(&r->head, memory_order_relaxed);
	}
	thread_unlock_all();
	return n;
}

void queue_release(struct span **spans, uint32_t nr)
{
	/* Nearly always this queue is the only one: all of them go back together. */
	uint32_t last = 0;
	for (uint32_t i = 0; i < nr; i++)
		if (atomic_fetch_sub_explicit(&spans[i]->refs, 1, memory_order_acq_rel) == 1)
			spans[last++] = spans[i];
	pool_give_all(spans, last);
}

void queue_drop_all(struct processor *p)
{
	struct span *some[64];
	uint32_t n;
	while ((n = queue_take(p, some, 64))) {
		count_add(COUNT_DROPPED, n);
		queue_release(some, n);
	}
}

/* What waited when the process forked is the parent's to export. The list of threads is locked. */
void queue_fork_child(struct thread *threads)
{
	for (struct thread *t = threads; t; t = t->next)
		for (int i = 0; i < NR_QUEUES; i++) {
			struct ring *r = &t->rings[i];
			uint32_t head = atomic_load(&r->head), tail = atomic_load(&r->tail);
			for (; head != tail; head++) {
				struct span *s = r->slots[head & r->mask];
				if (atomic_fetch_sub(&s->refs, 1) == 1)
					pool_give_all(&s, 1);
			}
			atomic_store(&r->head, tail);
			r->generation = 0;
		}
}

/* ---- For self-observation ------------------------------------------------------------------- */

uint64_t queue_waiting(void)
{
	struct provider *p = provider_get();
	uint64_t n = 0;
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		if (p->processors[i].is_batch)
			n += queue_length(&p->processors[i]);
	return n;
}

uint64_t queue_capacity(void)
{
	struct provider *p = provider_get();
	uint64_t n = 0;
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		if (p->processors[i].is_batch)
			n += (uint64_t)p->processors[i].config.max_queue;
	return n;
}
