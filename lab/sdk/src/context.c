/* SPDX-License-Identifier: Apache-2.0 */
/* What is current: a stack of contexts per thread. Entered spans and attached contexts are frames
 * of it; each has a serial number, so that leaving out of order, twice or on the wrong thread is
 * seen and does no harm. */
#include <stdlib.h>
#include <string.h>

#include "sdk.h"

#define NR_INLINE 16 /* deeper nesting moves the stack to the heap */

struct frame {
	ctel_ctx ctx;
	uint64_t serial;
	bool is_span;  /* entered; otherwise attached */
	bool is_owner; /* has its own claim on ctx; otherwise the frame below has it */
	bool is_left;  /* under others when it was left: goes when they are gone */
};

static _Thread_local struct {
	struct frame *frames; /* `first` or heap memory */
	unsigned nr, cap;
	uint64_t serial; /* high bits: which thread; low bits: which frame */
	struct frame first[NR_INLINE];
} stack;

#define FRAME_BITS 40

static atomic_uint nr_threads;
static pthread_key_t at_exit;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;

/* Takes the top frame off when it was left, or is a span that another thread has ended, or in any
 * case. A signal handler's call must not see half of that: it is refused meanwhile. */
static bool pop(bool in_any_case)
{
	ctel_ctx own; /* what releases the program's values may enter and attach */
	if (thread_is_inside)
		return false;
	thread_enter();
	struct frame *f = stack.nr ? &stack.frames[stack.nr - 1] : NULL;
	bool is_gone =
		f && (in_any_case || f->is_left || (f->is_span && !pool_is_live(f->ctx.span)));
	bool is_owner = is_gone && f->is_owner;
	if (is_owner)
		own = f->ctx;
	if (is_gone)
		stack.nr--;
	thread_leave();
	if (is_owner)
		ctel_ctx_release(&own);
	return is_gone;
}

static void thread_exits(void *unused)
{
	(void)unused;
	while (pop(true))
		;
	if (stack.frames != stack.first)
		free(stack.frames);
	stack.frames = NULL;
	stack.cap = 0;
}

static void make_key(void)
{
	pthread_key_create(&at_exit, thread_exits);
}

static bool make_room(void)
{
	if (!stack.frames) {
		stack.frames = stack.first;
		stack.cap = NR_INLINE;
		if (!stack.serial)
			stack.serial = (uint64_t)(atomic_fetch_add(&nr_threads, 1) + 1)
				       << FRAME_BITS;
		pthread_once(&at_exit_once, make_key);
		pthread_setspecific(at_exit, &at_exit); /* any value: the destructor is called */
	}
	if (stack.nr < stack.cap)
		return true;
	struct frame *heap = stack.frames == stack.first ? NULL : stack.frames;
	struct frame *grown = realloc(heap, 2 * stack.cap * sizeof(*grown));
	if (!grown)
		return false;
	if (!heap)
		memcpy(grown, stack.first, sizeof(stack.first));
	stack.frames = grown;
	stack.cap *= 2;
	return true;
}

/* Frames on top that are gone go first. */
static struct frame *top(void)
{
	while (pop(false))
		;
	return stack.nr && !thread_is_inside ? &stack.frames[stack.nr - 1] : NULL;
}

/* With `is_owner` the frame makes a claim of its own; without, ctx is what context_top gave, which
 * stays below. */
static uint64_t push(const ctel_ctx *ctx, bool is_span, bool is_owner)
{
	if (is_owner)
		top();
	if (thread_is_inside)
		return 0;
	thread_enter();
	bool has_room = make_room();
	if (has_room)
		stack.frames[stack.nr++] =
			(struct frame){.ctx = is_owner ? ctel_ctx_copy(*ctx) : *ctx,
				.serial = ++stack.serial,
				.is_span = is_span,
				.is_owner = is_owner};
	uint64_t serial = has_room ? stack.serial : 0;
	thread_leave();
	return serial;
}

static bool leave(uint64_t serial, bool is_span)
{
	if (serial >> FRAME_BITS != stack.serial >> FRAME_BITS)
		return false;
	for (unsigned i = stack.nr; i-- > 0;) {
		struct frame *f = &stack.frames[i];
		if (f->serial != serial)
			continue;
		if (f->is_span != is_span || f->is_left)
			return false;
		f->is_left = true;
		top();
		return true;
	}
	return false;
}

uint64_t context_enter(const ctel_ctx *ctx, bool is_borrowed)
{
	return push(ctx, true, !is_borrowed);
}

void context_leave(uint64_t serial)
{
	leave(serial, true);
}

const ctel_ctx *context_top(void)
{
	static const ctel_ctx empty;
	struct frame *f = stack.nr ? top() : NULL;
	return f ? &f->ctx : &empty;
}

ctel_ctx ctel_ctx_current(void)
{
	return *context_top();
}

ctel_span *ctel_span_current(void)
{
	struct frame *f = top();
	return f && pool_is_live(f->ctx.span) ? f->ctx.span : NULL;
}

ctel_ctx ctel_ctx_with_span(ctel_span *handle)
{
	ctel_ctx ctx = ctel_ctx_current();
	struct span *s = pool_lock(handle);
	if (!s)
		return ctx;
	ctx.span = handle;
	ctx.tracestate = s->tracestate;
	memcpy(ctx.trace_id, s->trace_id, sizeof(ctx.trace_id));
	memcpy(ctx.span_id, s->span_id, sizeof(ctx.span_id));
	ctx.flags = s->flags;
	ctx.is_remote = false;
	pool_unlock(s);
	return ctx;
}

ctel_ctx ctel_ctx_copy(ctel_ctx ctx)
{
	bag_keep(ctx.baggage);
	bag_keep(ctx.tracestate);
	values_keep(ctx.values);
	return ctx;
}

void ctel_ctx_release(ctel_ctx *ctx)
{
	ctel_ctx old = *ctx;
	*ctx = (ctel_ctx){0};
	bag_drop(old.baggage);
	bag_drop(old.tracestate);
	values_drop(old.values);
}

ctel_scope ctel_ctx_attach(ctel_ctx ctx)
{
	return (ctel_scope){.serial = push(&ctx, false, true)};
}

void ctel_ctx_detach(ctel_scope scope)
{
	/* Serial 0: memory was short when it was attached, or an empty value. */
	if (scope.serial && !leave(scope.serial, false))
		count_add(COUNT_MISUSED, 1);
}

/* ---- What is in a context -------------------------------------------------------------------- */

bool ctel_ctx_is_valid(const ctel_ctx *ctx)
{
	return !id_is_zero(ctx->trace_id, 16) && !id_is_zero(ctx->span_id, 8);
}

bool ctel_ctx_is_sampled(const ctel_ctx *ctx)
{
	return (ctx->flags & FLAG_SAMPLED) != 0;
}

bool ctel_ctx_is_remote(const ctel_ctx *ctx)
{
	return ctx->is_remote;
}

static void hex(char *out, const unsigned char *id, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[id[i] >> 4];
		out[2 * i + 1] = digits[id[i] & 15];
	}
	out[2 * n] = '\0';
}

void ctel_ctx_trace_id(const ctel_ctx *ctx, char out[33])
{
	hex(out, ctx->trace_id, sizeof(ctx->trace_id));
}

void ctel_ctx_span_id(const ctel_ctx *ctx, char out[17])
{
	hex(out, ctx->span_id, sizeof(ctx->span_id));
}

ctel_ctx ctel_ctx_make(const unsigned char *trace_id, const unsigned char *span_id,
	unsigned char flags, const char *tracestate, bool is_remote)
{
	ctel_ctx ctx = {.flags = flags, .is_remote = is_remote};
	memcpy(ctx.trace_id, trace_id, sizeof(ctx.trace_id));
	memcpy(ctx.span_id, span_id, sizeof(ctx.span_id));
	if (!ctel_ctx_is_valid(&ctx))
		return (ctel_ctx){0};
	ctx.tracestate = tracestate_read(tracestate);
	ctx.baggage = bag_keep(context_top()->baggage);
	ctx.values = values_keep(context_top()->values);
	return ctx;
}
