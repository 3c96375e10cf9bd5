/* SPDX-License-Identifier: Apache-2.0 */
/* Spans: start, what can be said about them, end. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* W3C Trace Context level 2: bit 0 sampled, bit 1 the trace id is random. */
#define FLAG_SAMPLED 0x01
#define FLAG_RANDOM  0x02

/* A child is recorded when its parent was; a root always. */
static void set_identity(struct span *s, const ctel_ctx *parent)
{
	id_fill(s->span_id, sizeof(s->span_id));
	s->has_parent = ctx_has_trace(parent);
	if (s->has_parent) {
		memcpy(s->trace_id, parent->trace_id, sizeof(s->trace_id));
		memcpy(s->parent_id, parent->span_id, sizeof(s->parent_id));
		s->flags = parent->flags & (FLAG_SAMPLED | FLAG_RANDOM);
		s->parent_is_remote = parent->is_remote;
		s->tracestate = bag_keep(parent->tracestate);
	} else {
		id_fill(s->trace_id, sizeof(s->trace_id));
		s->flags = FLAG_SAMPLED | FLAG_RANDOM;
		s->parent_is_remote = false;
	}
	s->is_recording = (s->flags & FLAG_SAMPLED) != 0;
}

static ctel_span *start(ctel_tracer *t, const char *name, const ctel_ctx *parent, ctel_kind kind)
{
	struct span *s = pool_take();
	if (!s)
		return NULL;
	set_identity(s, parent);
	s->tracer = t ? t : ctel_tracer_get(NULL, NULL);
	s->kind = kind;
	if (s->is_recording) {
		s->name = span_text(s, name ? name : "");
		s->start_wall = clock_wall();
		s->start_steady = clock_steady();
		count_add(COUNT_STARTED, 1);
	}
	ctel_span *handle = pool_handle(s);
	pool_unlock(s);
	return handle;
}

ctel_span *ctel_span_start(ctel_tracer *t, const char *name, const ctel_start *opts)
{
	if (!atomic_load_explicit(&export_is_on, memory_order_relaxed))
		return NULL;
	ctel_ctx parent = opts && opts->parent ? *opts->parent : ctel_ctx_current();
	return start(t, name, &parent, opts ? opts->kind : CTEL_INTERNAL);
}

ctel_span *ctel_span_enter(ctel_tracer *t, const char *name)
{
	if (!atomic_load_explicit(&export_is_on, memory_order_relaxed))
		return NULL;
	ctel_ctx ctx = ctel_ctx_current();
	ctel_span *handle = start(t, name, &ctx, CTEL_INTERNAL);
	if (!handle)
		return NULL;
	ctx = ctel_ctx_with_span(handle);
	uint64_t entered = context_enter(&ctx);
	struct span *s = pool_lock(handle);
	s->entered = entered;
	pool_unlock(s);
	return handle;
}

void ctel_span_end(ctel_span *handle)
{
	struct span *s = pool_lock(handle);
	if (!s)
		return;
	uint64_t entered = s->entered;
	if (s->is_recording) {
		/* The wall clock may be set while the span runs: its duration is the steady one. */
		uint64_t end = s->start_wall + (clock_steady() - s->start_steady);
		struct text json = {0};
		encode_span(&json, s, end);
		count_add(COUNT_ENDED, 1);
		export_queue(s->tracer, &json);
	}
	pool_give(s);
	if (entered)
		context_leave(entered);
}

void ctel_span_cleanup(ctel_span **s)
{
	ctel_span *handle = *s;
	*s = NULL;
	ctel_span_end(handle);
}

bool ctel_span_is_recording(const ctel_span *handle)
{
	struct span *s = pool_lock(handle);
	if (!s)
		return false;
	bool is_recording = s->is_recording;
	pool_unlock(s);
	return is_recording;
}

/* The span, locked, if there is anything to do: NULL otherwise. */
static struct span *lock_recording(ctel_span *handle)
{
	struct span *s = pool_lock(handle);
	if (!s || s->is_recording)
		return s;
	pool_unlock(s);
	return NULL;
}

/* The place for this key: the one it has, or a new one; NULL when there is no room. */
static struct attribute *place(struct span *s, const char *key)
{
	for (unsigned i = 0; i < s->nr_attributes; i++)
		if (!strcmp(s->text.s + s->attributes[i].key, key))
			return &s->attributes[i];
	if (!s->attributes)
		s->attributes = calloc(MAX_ATTRIBUTES, sizeof(*s->attributes));
	size_t at = s->attributes && s->nr_attributes < MAX_ATTRIBUTES ? span_text(s, key) : 0;
	if (!at) {
		s->dropped_attributes++;
		return NULL;
	}
	struct attribute *a = &s->attributes[s->nr_attributes++];
	*a = (struct attribute){.key = at};
	return a;
}

static void set(struct span *s, const char *key, struct attribute value, const char *string)
{
	if (!key || !*key)
		return;
	struct attribute *a = place(s, key);
	if (!a)
		return;
	if (value.type == VALUE_STRING)
		value.value.string = span_text(s, string);
	a->type = value.type;
	a->value = value.value;
}

static void lock_and_set(
	ctel_span *handle, const char *key, struct attribute value, const char *string)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	set(s, key, value, string);
	pool_unlock(s);
}

void ctel_set_bool(ctel_span *handle, const char *key, bool value)
{
	struct attribute a = {.type = VALUE_BOOL, .value.boolean = value};
	lock_and_set(handle, key, a, NULL);
}

void ctel_set_int(ctel_span *handle, const char *key, int64_t value)
{
	struct attribute a = {.type = VALUE_INT, .value.integer = value};
	lock_and_set(handle, key, a, NULL);
}

void ctel_set_uint(ctel_span *handle, const char *key, uint64_t value)
{
	ctel_set_int(handle, key, value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

void ctel_set_double(ctel_span *handle, const char *key, double value)
{
	struct attribute a = {.type = VALUE_DOUBLE, .value.real = value};
	lock_and_set(handle, key, a, NULL);
}

void ctel_set_string(ctel_span *handle, const char *key, const char *value)
{
	if (value)
		lock_and_set(handle, key, (struct attribute){.type = VALUE_STRING}, value);
}

void ctel_event(ctel_span *handle, const char *name)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	if (!s->events)
		s->events = calloc(MAX_EVENTS, sizeof(*s->events));
	if (!s->events || s->nr_events == MAX_EVENTS)
		s->dropped_events++;
	else
		s->events[s->nr_events++] =
			(struct event){.time = s->start_wall + (clock_steady() - s->start_steady),
				.name = span_text(s, name ? name : "")};
	pool_unlock(s);
}

static void set_status(struct span *s, ctel_status code, const char *description)
{
	if (code == CTEL_UNSET || s->status == CTEL_OK)
		return;
	s->status = code;
	s->message = code == CTEL_ERROR && description ? span_text(s, description) : 0;
}

void ctel_span_status(ctel_span *handle, ctel_status code, const char *description)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	set_status(s, code, description);
	pool_unlock(s);
}

void ctel_span_error(ctel_span *handle, const char *error_type, const char *message)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	/* "_OTHER" is what the semantic conventions say for an error without a known type. */
	set(s, "error.type", (struct attribute){.type = VALUE_STRING},
		error_type && *error_type ? error_type : "_OTHER");
	set_status(s, CTEL_ERROR, message);
	pool_unlock(s);
}

void ctel_span_rename(ctel_span *handle, const char *name)
{
	struct span *s = lock_recording(handle);
	if (!s)
		return;
	s->name = span_text(s, name ? name : "");
	pool_unlock(s);
}
