/* SPDX-License-Identifier: Apache-2.0 */
/* Spans: how they start, what can be said about them, how they end. */
#include "attribute.h"
#include "make.h"
#include "sdk.h"

void span_set_text(struct buf *b, const char *text)
{
	size_t n = strlen(text), good = is_ascii(text, n) ? n : utf8_prefix(text, n, SIZE_MAX);
	b->n = 0;
	unsigned char *p = n > PB_MAX / 4 ? NULL : buf_room(b, (good == n ? n : 3 * n) + 1);
	if (!p)
		return;
	if (good == n)
		copy_short(p, text, n);
	else
		n = utf8_repair((char *)p, text, n, SIZE_MAX);
	p[n] = '\0';
	b->n = (uint32_t)n;
}

/* ---- Start --------------------------------------------------------------------------------- */

static void make_ids(const struct provider *p, struct span *s)
{
	unsigned char *trace_id = s->has_parent ? NULL : s->trace_id;
	if (p->make_ids) {
		p->make_ids(p->ids_user, trace_id, s->span_id);
		return;
	}
	if (trace_id && p->ids == CTEL_IDS_XRAY) {
		id_xray(trace_id);
		trace_id = NULL;
	}
	id_make(trace_id, s->span_id);
}

static void set_identity(const struct provider *p, struct span *s, const ctel_ctx *parent)
{
	s->has_parent = ctx_has_trace(parent);
	if (s->has_parent) {
		memcpy(s->trace_id, parent->trace_id, sizeof(s->trace_id));
		memcpy(s->parent_id, parent->span_id, sizeof(s->parent_id));
		s->flags = parent->flags & FLAG_RANDOM;
		s->parent_is_remote = parent->is_remote;
	} else {
		s->flags = p->are_ids_random ? FLAG_RANDOM : 0;
		s->parent_is_remote = false;
	}
	make_ids(p, s);
}

static void ask_sampler(const struct provider *p, const struct span *s, const ctel_ctx *parent,
	const char *name, const ctel_start *opts, struct decision *out)
{
	ctel_sampling what = {.parent = parent, .trace_id = s->trace_id, .name = name};
	if (opts) {
		what.kind = opts->kind;
		what.attributes = opts->attributes;
		what.nr_attributes = opts->nr_attributes;
		what.links = opts->links;
		what.nr_links = opts->nr_links;
	}
	p->sampler->decide(p->sampler, &what, out);
}

static void decide(const struct provider *p, struct span *s, const ctel_ctx *parent,
	const char *name, const ctel_start *opts, struct decision *out)
{
	*out = (struct decision){.decision = CTEL_RECORD_AND_SAMPLE};
	if (!p->sampler->is_as_parent)
		ask_sampler(p, s, parent, name, opts, out);
	else if (s->has_parent && !(parent->flags & FLAG_SAMPLED))
		out->decision = CTEL_DROP;
	if (out->has_tracestate)
		s->tracestate = out->tracestate;
	else
		s->tracestate = parent->tracestate ? bag_keep(parent->tracestate) : NULL;
	atomic_store_explicit(&s->is_recording, out->decision != CTEL_DROP, memory_order_relaxed);
	if (out->decision == CTEL_RECORD_AND_SAMPLE)
		s->flags |= FLAG_SAMPLED;
}

static void record_start(
	struct span *s, const char *name, const ctel_start *opts, const struct decision *decided)
{
	const struct provider *p = s->provider;
	uint64_t now = clock_steady();
	s->offset = clock_offset(now);
	s->has_own_start = opts && opts->start_ns;
	s->start = s->has_own_start ? opts->start_ns : now + s->offset;
	s->kind = opts ? (unsigned char)opts->kind : CTEL_INTERNAL;
	s->status = CTEL_UNSET;
	span_set_text(&s->name, name);
	for (size_t i = 0; opts && i < opts->nr_attributes; i++)
		attribute_set(&s->attributes, 9, &opts->attributes[i], &p->limits);
	for (size_t i = 0; i < decided->nr_attributes; i++)
		attribute_set(&s->attributes, 9, &decided->attributes[i], &p->limits);
	for (size_t i = 0; opts && i < opts->nr_links; i++)
		span_add_link(s, &opts->links[i]);
}

static void call_on_start(const struct provider *p, ctel_span *handle, const ctel_ctx *parent)
{
	for (unsigned i = 0; i < p->nr_processors; i++)
		if (p->processors[i].config.on_start)
			p->processors[i].config.on_start(
				p->processors[i].config.user, handle, parent);
}

static ctel_span *start(struct provider *p, ctel_tracer *t, const char *name,
	const ctel_ctx *parent, const ctel_start *opts, uint64_t *entered)
{
	struct decision decided;
	if (thread_is_suppressed ||
		(t && atomic_load_explicit(&t->is_disabled, memory_order_relaxed)))
		return NULL;
	struct span *s = pool_take();
	if (!s)
		return NULL;
	if (!name)
		name = "";
	s->provider = p;
	s->entered = 0;
	set_identity(p, s, parent);
	decide(p, s, parent, name, opts, &decided);
	struct thread *thread = thread_self;
	if (span_is_recording(s)) {
		s->tracer = t ? t : ctel_tracer_get(NULL, NULL);
		record_start(s, name, opts, &decided);
		thread_count(thread, COUNT_STARTED);
		if (s->flags & FLAG_SAMPLED)
			thread_count(thread, COUNT_SAMPLED);
	} else {
		thread_count(thread, COUNT_UNSAMPLED);
	}
	ctel_span *handle = pool_handle(s);
	if (entered) {
		ctel_ctx ctx = {.span = handle,
			.baggage = parent->baggage,
			.tracestate = s->tracestate,
			.values = parent->values,
			.flags = s->flags};
		memcpy(ctx.trace_id, s->trace_id, sizeof(ctx.trace_id));
		memcpy(ctx.span_id, s->span_id, sizeof(ctx.span_id));
		s->entered = context_enter(&ctx, !opts || !opts->parent);
	}
	if (p->has_on_start && span_is_recording(s))
		call_on_start(p, handle, parent);
	return handle;
}

ctel_span *ctel_span_start(ctel_tracer *t, const char *name, const ctel_start *opts)
{
	struct provider *p = provider_get();
	if (!p)
		return NULL;
	return start(p, t, name, opts && opts->parent ? opts->parent : context_top(), opts, NULL);
}

ctel_span *ctel_span_enter_with(ctel_tracer *t, const char *name, const ctel_start *opts)
{
	uint64_t entered;
	struct provider *p = provider_get();
	if (!p)
		return NULL;
	return start(
		p, t, name, opts && opts->parent ? opts->parent : context_top(), opts, &entered);
}

ctel_span *ctel_span_enter(ctel_tracer *t, const char *name)
{
	return ctel_span_enter_with(t, name, NULL);
}

bool ctel_tracer_is_enabled(const ctel_tracer *t)
{
	return provider_get() && !thread_is_suppressed && !(t && atomic_load(&t->is_disabled));
}

/* ---- End ----------------------------------------------------------------------------------- */

/* From here on nobody but the hooks has a handle of the span. False: a hook ends it once more. */
static bool call_on_ending(struct provider *p, struct span *s)
{
	if (s->is_ending)
		return false;
	uint64_t end = s->end;
	ctel_span *handle = pool_revive(s);
	s->is_ending = true;
	for (unsigned i = 0; i < p->nr_processors; i++)
		if (p->processors[i].config.on_ending)
			p->processors[i].config.on_ending(p->processors[i].config.user, handle);
	pool_lock_and_retire(
		s, handle); /* in vain when a hook has ended it, which counts as misuse */
	s->is_ending = false;
	s->end = end;
	return true;
}

/* What does not wait for a batch: hooks, and simple processors. True: these have to wait, too. */
static bool export_now(struct provider *p, struct span *s)
{
	ctel_span_data view;
	span_view(s, &view);
	for (unsigned i = 0; i < p->nr_processors; i++)
		if (p->processors[i].config.on_end)
			p->processors[i].config.on_end(p->processors[i].config.user, &view);
	if (!p->has_simple || !(s->flags & FLAG_SAMPLED))
		return false;
	if (thread_is_at_work)
		return true;
	worker_export_now(p, s);
	return false;
}

static void say_what_is_missing(const struct span *s)
{
	static _Atomic uint64_t last_message;
	if (log_is_due(&last_message))
		log_warning("span \"%.80s\": beyond the limits: %u attributes, %u events, %u links",
			(const char *)s->name.data, s->attributes.dropped, s->dropped_events,
			s->dropped_links);
}

static void export(struct span *s)
{
	struct provider *p = s->provider;
	bool is_active = p == provider_get();
	unsigned nr_queued = 0;
	if (p->has_on_ending && is_active && !call_on_ending(p, s))
		return;
	thread_count(thread_get(), COUNT_ENDED);
	if (s->attributes.dropped || (s->has_more && (s->dropped_events || s->dropped_links)))
		say_what_is_missing(s);
	if (!is_active) {
		count_add(COUNT_DROPPED, s->flags & FLAG_SAMPLED ? 1 : 0);
		pool_give(s);
		return;
	}
	bool is_later = p->has_immediate && export_now(p, s);
	if ((p->nr_queues == 0 && !is_later) || !(s->flags & FLAG_SAMPLED)) {
		pool_give(s);
		return;
	}
	atomic_store_explicit(&s->refs, p->nr_queues + is_later, memory_order_relaxed);
	for (unsigned i = 0; nr_queued < p->nr_queues; i++)
		if (p->processors[i].is_batch) {
			nr_queued++;
			queue_put(&p->processors[i], s);
		}
	if (is_later)
		worker_hand_over(s);
}

void ctel_span_end_at(ctel_span *handle, uint64_t end_ns)
{
	/* The clock comes first: while it is read, what was written to the span reaches the cache,
	 * and the compare-and-swap does not have to wait for that. */
	uint64_t now = 0;
	struct span *s = handle ? pool_slot(handle) : NULL;
	if (__builtin_expect(s && !end_ns && span_is_recording(s), 1))
		now = clock_steady();
	s = pool_lock_and_retire(s, handle);
	if (!s)
		return;
	uint64_t entered = s->entered;
	bool is_recording = span_is_recording(s);
	if (is_recording && end_ns) {
		s->end = end_ns;
	} else if (is_recording) {
		/* The wall clock may be set while the span runs: its duration is the steady one. */
		s->end = now + (s->has_own_start ? clock_offset(now) : s->offset);
	}
	if (entered)
		context_leave(entered);
	if (is_recording)
		export(s);
	else
		pool_give(s);
}

void ctel_span_end(ctel_span *handle)
{
	ctel_span_end_at(handle, 0);
}

void ctel_span_cleanup(ctel_span **s)
{
	ctel_span *handle = *s;
	*s = NULL;
	ctel_span_end(handle);
}

/* ---- While it runs ------------------------------------------------------------------------- */

static inline struct span *lock_recording(ctel_span *handle)
{
	struct span *s = pool_lock(handle);
	if (!s || __builtin_expect(span_is_recording(s), 1))
		return s;
	pool_unlock(s);
	return NULL;
}

struct span *span_lock_recording(ctel_span *handle)
{
	return lock_recording(handle);
}

bool ctel_span_is_recording(const ctel_span *handle)
{
	struct span *s = pool_lock(handle);
	if (!s)
		return false;
	bool is_recording = span_is_recording(s);
	pool_unlock(s);
	return is_recording;
}

void ctel_set_attributes(ctel_span *handle, const ctel_attr *attributes, size_t n)
{
	struct span *s = span_lock_recording(handle);
	if (!s)
		return;
	for (size_t i = 0; i < n; i++)
		attribute_set(&s->attributes, 9, &attributes[i], &s->provider->limits);
	pool_unlock(s);
}

static inline void set_one(ctel_span *handle, const ctel_attr *a)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	const struct attribute_limits *limits = &s->provider->limits;
	size_t key_n = a->key ? strlen(a->key) : 0;
	bool is_there = key_n && (a->type != CTEL_STRING || a->v.string);
	if (!is_there || !attribute_put_short(&s->attributes, 9, a, key_n, limits))
		attribute_set(&s->attributes, 9, a, limits);
	pool_unlock(s);
}

#define SETTER(suffix, type)                                                                       \
	void ctel_set_##suffix(ctel_span *s, const char *key, type value)                          \
	{                                                                                          \
		if (!s)                                                                            \
			return;                                                                    \
		ctel_attr a = make_##suffix(key, value);                                           \
		set_one(s, &a);                                                                    \
	}

#define SETTER_N(suffix, type)                                                                     \
	void ctel_set_##suffix(ctel_span *s, const char *key, type values, size_t n)               \
	{                                                                                          \
		ctel_attr a = make_##suffix(key, values, n);                                       \
		ctel_set_attributes(s, &a, 1);                                                     \
	}

SETTER(bool, bool)
SETTER(int, int64_t)
SETTER(uint, uint64_t)
SETTER(double, double)
SETTER(string, const char *)
SETTER_N(string_n, const char *)
SETTER_N(strings, const char *const *)
SETTER_N(bools, const bool *)
SETTER_N(ints, const int64_t *)
SETTER_N(doubles, const double *)

static void set_status(struct span *s, ctel_status code, const char *description)
{
	if (code == CTEL_UNSET || s->status == CTEL_OK)
		return;
	s->status = (unsigned char)code;
	s->has_more = true;
	s->message.n = 0;
	if (code == CTEL_ERROR && description)
		span_set_text(&s->message, description);
}

void ctel_span_status(ctel_span *handle, ctel_status code, const char *description)
{
	struct span *s = span_lock_recording(handle);
	if (!s)
		return;
	set_status(s, code, description);
	pool_unlock(s);
}

void ctel_span_error(ctel_span *handle, const char *error_type, const char *message)
{
	struct span *s = span_lock_recording(handle);
	if (!s)
		return;
	/* "_OTHER" is what the semantic conventions say for an error without a known type. */
	ctel_attr a = make_string("error.type", error_type && *error_type ? error_type : "_OTHER");
	attribute_set(&s->attributes, 9, &a, &s->provider->limits);
	set_status(s, CTEL_ERROR, message);
	pool_unlock(s);
}

void ctel_span_rename(ctel_span *handle, const char *name)
{
	struct span *s = span_lock_recording(handle);
	if (!s)
		return;
	span_set_text(&s->name, name ? name : "");
	pool_unlock(s);
}
