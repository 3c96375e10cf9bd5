/* SPDX-License-Identifier: Apache-2.0 */
/* A span while it runs, the pool it lives in, and what each thread has for itself. */
#ifndef CTEL_SPAN_H
#define CTEL_SPAN_H

#include <signal.h>

#include "pb.h"

#define FLAG_SAMPLED 0x01 /* W3C Trace Context level 2, 3.2.2.5 */
#define FLAG_RANDOM  0x02

struct provider;

/* ---- attribute.c: attributes in OTLP's encoding -------------------------------------------- */

/* Where an attribute stands in its set: for finding a key again. */
struct attribute_ref {
	uint32_t at, key; /* offsets of the field and of its key's bytes */
	uint32_t tag;     /* the key's length and one of its letters: most others differ */
};

/* KeyValue fields one behind the other, each with the same tag. */
struct attribute_set {
	struct buf bytes;
	struct attribute_ref *refs;
	uint32_t nr, cap;
	uint32_t dropped;
	uint64_t seen; /* a bit for each tag: most new keys are known to be new by this alone */
};

struct attribute_limits {
	uint32_t count, length; /* UINT32_MAX: none */
};

/* Sets or replaces; `field` is KeyValue's number in the message around. Beyond the limits it is
 * counted as dropped. */
void attribute_set(struct attribute_set *set, unsigned field, const ctel_attr *a,
	const struct attribute_limits *limits);
void attribute_set_free(struct attribute_set *set);

/* ---- A span -------------------------------------------------------------------------------- */

#define NR_INLINE_REFS  16
#define NR_INLINE_BYTES 480
#define NR_INLINE_NAME  64

struct span {
	/* Serial number times two, plus one while a call works on it. Odd serial numbers are spans
	 * in use; it goes up with each start and each end. */
	_Atomic uint64_t state;
	struct span *next; /* in a free list */
	uint32_t index;
	atomic_bool is_recording; /* read by ctel_span_end before it knows whose it is */
	bool is_ending, parent_is_remote, has_parent, has_own_start;
	unsigned char flags, kind, status;
	bool has_more; /* something was written from `message` on */
	unsigned char trace_id[16], span_id[8], parent_id[8];
	uint64_t start;   /* nanoseconds since 1970 */
	uint64_t end;     /* likewise, once it has ended */
	uint64_t offset;  /* clock_offset() at the start */
	uint64_t entered; /* context serial, 0 when it was not entered */
	struct provider *provider;
	ctel_tracer *tracer;
	struct ctel_bag *tracestate;
	struct span *next_lot; /* of the first in a lot: the next lot, and how many are in this */
	uint32_t lot_size;
	atomic_uint refs; /* queues that still hold it, after its end */
	struct attribute_set attributes;
	struct buf name; /* NUL-terminated, as the message is */
	char inline_name[NR_INLINE_NAME];
	struct attribute_ref inline_refs[NR_INLINE_REFS];
	unsigned char inline_bytes[NR_INLINE_BYTES];
	struct buf message; /* n is 0 when there is none */
	struct buf events, links;
	uint32_t nr_events, nr_links, dropped_events, dropped_links;
};

static inline bool span_is_recording(const struct span *s)
{
	return atomic_load_explicit(&s->is_recording, memory_order_relaxed);
}

/* Like pool_lock, and NULL for spans that do not record: nothing to say about those. */
struct span *span_lock_recording(ctel_span *handle);
/* Copies text into a buffer as valid UTF-8 with a NUL behind it that n does not count. */
void span_set_text(struct buf *b, const char *text);
/* With the span locked, or not yet given to anybody. */
void span_add_link(struct span *s, const ctel_link *link);
/* An ended span in the form exporters see; good as long as the span is not given back. */
void span_view(const struct span *s, ctel_span_data *out);

/* ---- pool.c: spans and their handles ------------------------------------------------------ */

/* A span in use and empty; NULL when memory is short. */
struct span *pool_take(void);
/* The span behind a handle, this caller's alone until pool_unlock; NULL for NULL, and for a handle
 * that has ended, which counts as misuse. */
static inline struct span *pool_lock(const ctel_span *handle);
static inline void pool_unlock(struct span *s);
/* Unlocks a locked span and makes its handle invalid; the span itself stays as it is. */
void pool_retire(struct span *s);
static inline struct span *pool_lock_and_retire(struct span *slot, const ctel_span *handle);
/* A new handle for a retired span, for a while more: pool_lock and pool_retire end it. */
ctel_span *pool_revive(struct span *s);
/* Gives a retired span back. */
void pool_give(struct span *s);
/* Gives many back at once, for the benefit of other threads. */
void pool_give_all(struct span **spans, size_t nr);
struct thread;
void pool_give_back(struct thread *t); /* all that this thread has for itself */
bool pool_is_live(const ctel_span *handle);
void pool_fork_lock(void);
void pool_fork_unlock(void);
void pool_fork_child(void); /* spans that other threads worked on are lost */

/* ---- thread.c: what each thread has for itself --------------------------------------------- */

#define NR_QUEUES CTEL_MAX_PROCESSORS

/* Ended spans on their way from one thread to one processor. */
struct ring {
	struct span **slots;
	uint32_t mask;
	uint32_t credits;    /* how many more may go in before the processor is asked */
	uint64_t generation; /* of the provider these are for */
	_Atomic uint32_t head, tail;
};

struct thread {
	struct thread *next; /* all there ever were; never freed, used again */
	bool is_used;
	struct span *free_spans;
	unsigned nr_free;
	_Atomic uint64_t counts[COUNT_NR_LOCAL];
	struct ring rings[NR_QUEUES];
};

extern _Thread_local struct thread *thread_self;
/* Not zero while this thread is in a critical section: a signal handler's call is then refused. */
extern _Thread_local volatile sig_atomic_t thread_is_inside;
/* Not zero while this thread has a processor's lock: see worker_hand_over. */
extern _Thread_local volatile sig_atomic_t thread_is_at_work;
extern _Thread_local int thread_is_suppressed;

/* They nest. The fences keep what is done in between where it is: for the compiler, nobody else
 * reads these two. */
static inline void thread_enter(void)
{
	thread_is_inside++;
	atomic_signal_fence(memory_order_seq_cst);
}

static inline void thread_leave(void)
{
	atomic_signal_fence(memory_order_seq_cst);
	thread_is_inside--;
}

static inline void thread_begin_work(void)
{
	thread_is_at_work++;
	atomic_signal_fence(memory_order_seq_cst);
}

static inline int thread_end_work(void) /* what is left */
{
	atomic_signal_fence(memory_order_seq_cst);
	return --thread_is_at_work;
}

struct thread *thread_make(void); /* sets thread_self; NULL when memory is short */

static inline struct thread *thread_get(void)
{
	return thread_self ? thread_self : thread_make();
}

static inline void thread_count(struct thread *t, enum count which)
{
	uint64_t n = atomic_load_explicit(&t->counts[which], memory_order_relaxed);
	atomic_store_explicit(&t->counts[which], n + 1, memory_order_relaxed);
}

uint64_t thread_sum(enum count which);
/* The list of threads, and their rings' memory, stay as they are between these two. */
struct thread *thread_lock_all(void);
void thread_unlock_all(void);
void thread_fork_child(void); /* only the calling thread is left; unlocks */

/* ---- The part of the pool that every call with a span goes through -------------------------- */

#define POOL_INDEX_BITS (sizeof(uintptr_t) >= 8 ? 20 : 14)
#define POOL_CHUNK      64u /* spans allocated together */
#define POOL_MAX        (1u << POOL_INDEX_BITS)

extern _Atomic(struct span *) pool_chunks[];
struct span *pool_lock_slowly(struct span *s, const ctel_span *handle); /* in use, or misused */

/* The span the handle once was given for, or NULL if there never was one. */
static inline struct span *pool_slot(const ctel_span *handle)
{
	uint32_t index = (uint32_t)((uintptr_t)handle & (POOL_MAX - 1));
	struct span *chunk =
		atomic_load_explicit(&pool_chunks[index / POOL_CHUNK], memory_order_acquire);
	return __builtin_expect(chunk != NULL, 1) ? &chunk[index % POOL_CHUNK] : NULL;
}

static inline ctel_span *pool_handle_of(uint64_t state, uint32_t index)
{
	return (ctel_span *)(((uintptr_t)(state >> 1) << POOL_INDEX_BITS) | index);
}

static inline ctel_span *pool_handle(const struct span *s)
{
	return pool_handle_of(atomic_load_explicit(&s->state, memory_order_relaxed), s->index);
}

static inline struct span *pool_lock(const ctel_span *handle)
{
	if (!handle)
		return NULL;
	struct span *s = pool_slot(handle);
	if (!s || thread_is_inside)
		return pool_lock_slowly(NULL, handle);
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed) & ~UINT64_C(1);
	thread_enter();
	if (pool_handle_of(state, s->index) == handle &&
		atomic_compare_exchange_strong_explicit(
			&s->state, &state, state | 1, memory_order_acquire, memory_order_relaxed))
		return s;
	return pool_lock_slowly(s, handle);
}

static inline void pool_unlock(struct span *s)
{
	uint64_t state = atomic_load_explicit(&s->state, memory_order_relaxed);
	atomic_store_explicit(&s->state, state - 1, memory_order_release);
	thread_leave();
}

/* pool_lock and pool_retire of a handle and its slot in one step, which is all that most spans need
 * at their end: reading the word again after the compare-and-swap would wait for it. */
static inline struct span *pool_lock_and_retire(struct span *s, const ctel_span *handle)
{
	if (s && !thread_is_inside) {
		uint64_t state =
			atomic_load_explicit(&s->state, memory_order_relaxed) & ~UINT64_C(1);
		if (pool_handle_of(state, s->index) == handle &&
			atomic_compare_exchange_strong_explicit(&s->state, &state, state + 2,
				memory_order_acq_rel, memory_order_relaxed))
			return s;
	}
	s = pool_lock(handle);
	if (s)
		pool_retire(s);
	return s;
}

/* ---- context.c: what is current on this thread -------------------------------------------- */

static inline bool ctx_has_trace(const ctel_ctx *ctx)
{
	uint64_t id[2];
	memcpy(id, ctx->trace_id, sizeof(id));
	return (id[0] | id[1]) != 0;
}

/* The current context in place; good until something is entered, left, attached or detached. */
const ctel_ctx *context_top(void);
/* Makes an entered span current; the serial identifies it for context_leave. 0: no memory.
 * Borrowed: its baggage and values are those of context_top, and need no claim of their own. */
uint64_t context_enter(const ctel_ctx *ctx, bool is_borrowed);
/* No longer current; does nothing on another thread than the one that entered. */
void context_leave(uint64_t serial);

#endif
