/* SPDX-License-Identifier: Apache-2.0 */
/* Events and links: encoded when they are added, as attributes are. */
#include "sdk.h"

/* Fields of Span, and of Event and Link in them. */
enum { SPAN_EVENTS = 11, SPAN_LINKS = 13 };
enum { EVENT_TIME = 1, EVENT_NAME = 2, EVENT_ATTRIBUTES = 3, EVENT_DROPPED = 4 };
enum {
	LINK_TRACE = 1,
	LINK_SPAN = 2,
	LINK_STATE = 3,
	LINK_ATTRIBUTES = 4,
	LINK_DROPPED = 5,
	LINK_FLAGS = 6
};

/* What is needed while one message is put together: no heap memory unless it is a large one. */
struct work {
	struct buf head;
	struct attribute_set set;
	unsigned char head_bytes[256], set_bytes[512];
	struct attribute_ref refs[NR_INLINE_REFS];
};

static void work_init(struct work *w, unsigned field, const ctel_attr *attributes, size_t n,
	const struct attribute_limits *limits)
{
	w->head = (struct buf){.data = w->head_bytes, .cap = sizeof(w->head_bytes)};
	w->set = (struct attribute_set){.refs = w->refs, .cap = NR_INLINE_REFS};
	w->set.bytes = (struct buf){.data = w->set_bytes, .cap = sizeof(w->set_bytes)};
	for (size_t i = 0; i < n; i++)
		attribute_set(&w->set, field, &attributes[i], limits);
}

static void work_fini(struct work *w)
{
	buf_free(&w->head);
	attribute_set_free(&w->set);
}

/* Head, attributes and their dropped count as one message behind the others. */
static bool append(struct buf *out, unsigned field, const struct work *w, unsigned dropped_field)
{
	uint32_t dropped = w->set.dropped;
	size_t tail = dropped ? 1 + pb_varint_size(dropped) : 0;
	size_t n = (size_t)w->head.n + w->set.bytes.n + tail;
	unsigned char *start = buf_room(out, 1 + pb_varint_size(n) + n), *p = start;
	if (!p)
		return false;
	p = pb_len(p, field, n);
	memcpy(p, w->head.data, w->head.n);
	p += w->head.n;
	memcpy(p, w->set.bytes.data, w->set.bytes.n);
	p += w->set.bytes.n;
	if (dropped)
		p = pb_uint(p, dropped_field, dropped);
	out->n += (uint32_t)(p - start);
	return true;
}

/* ---- Events -------------------------------------------------------------------------------- */

static bool event_head(struct buf *head, const char *name, uint64_t time_ns)
{
	char small[128];
	struct buf text = {.data = (unsigned char *)small, .cap = sizeof(small)};
	span_set_text(&text, name);
	unsigned char *p = buf_room(head, 9 + 11 + (size_t)text.n);
	if (p) {
		unsigned char *end = pb_fixed64(p, EVENT_TIME, time_ns);
		end = pb_bytes(end, EVENT_NAME, text.data, text.n);
		head->n = (uint32_t)(end - p);
	}
	buf_free(&text);
	return p != NULL;
}

void ctel_event_with(ctel_span *handle, const char *name, const ctel_attr *attributes, size_t n,
	uint64_t time_ns)
{
	struct span *s = span_lock_recording(handle);
	if (!s)
		return;
	s->has_more = true;
	if (s->nr_events < s->provider->max_events) {
		struct work w;
		if (!time_ns)
			time_ns = clock_steady() + s->offset;
		work_init(&w, EVENT_ATTRIBUTES, attributes, n, &s->provider->event_limits);
		if (event_head(&w.head, name ? name : "", time_ns) &&
			append(&s->events, SPAN_EVENTS, &w, EVENT_DROPPED))
			s->nr_events++;
		else
			s->dropped_events++;
		work_fini(&w);
	} else {
		s->dropped_events++;
	}
	pool_unlock(s);
}

void ctel_event(ctel_span *s, const char *name)
{
	ctel_event_with(s, name, NULL, 0, 0);
}

void ctel_span_exception(ctel_span *s, const char *type, const char *message,
	const char *stacktrace, const ctel_attr *attributes, size_t n)
{
	enum { OWN = 3, MAX = 32 };
	ctel_attr all[MAX];
	size_t nr = 0;
	if (!s)
		return;
	if (type)
		all[nr++] = ctel_attr_string("exception.type", type);
	if (message)
		all[nr++] = ctel_attr_string("exception.message", message);
	if (stacktrace)
		all[nr++] = ctel_attr_string("exception.stacktrace", stacktrace);
	/* The caller's come last, so that they replace. */
	for (size_t i = 0; i < n && i < MAX - OWN; i++)
		all[nr++] = attributes[i];
	ctel_event_with(s, "exception", all, nr, 0);
}

/* ---- Links --------------------------------------------------------------------------------- */

static bool link_head(struct buf *head, const ctel_ctx *ctx)
{
	const char *state = ctx->tracestate ? ctx->tracestate->entries[0].value : "";
	size_t n = strlen(state);
	unsigned char *start = buf_room(head, 18 + 10 + 11 + n + 5), *p = start;
	if (!p)
		return false;
	p = pb_bytes(p, LINK_TRACE, ctx->trace_id, sizeof(ctx->trace_id));
	p = pb_bytes(p, LINK_SPAN, ctx->span_id, sizeof(ctx->span_id));
	if (n)
		p = pb_bytes(p, LINK_STATE, state, n);
	*p++ = (unsigned char)pb_tag(LINK_FLAGS, PB_FIXED32);
	*p++ = ctx->flags;
	*p++ = ctx->is_remote ? 3 : 1; /* 0x100: is-remote is known; 0x200: it is */
	*p++ = 0;
	*p++ = 0;
	head->n = (uint32_t)(p - start);
	return true;
}

void span_add_link(struct span *s, const ctel_link *link)
{
	static const ctel_ctx none;
	const ctel_ctx *ctx = link->ctx ? link->ctx : &none;
	struct work w;
	if (!ctx_has_trace(ctx) && !link->nr_attributes && !ctx->tracestate)
		return;
	s->has_more = true;
	if (s->nr_links >= s->provider->max_links) {
		s->dropped_links++;
		return;
	}
	work_init(&w, LINK_ATTRIBUTES, link->attributes, link->nr_attributes,
		&s->provider->link_limits);
	if (link_head(&w.head, ctx) && append(&s->links, SPAN_LINKS, &w, LINK_DROPPED))
		s->nr_links++;
	else
		s->dropped_links++;
	work_fini(&w);
}

void ctel_span_link(ctel_span *handle, const ctel_link *link)
{
	struct span *s = link ? span_lock_recording(handle) : NULL;
	if (!s)
		return;
	span_add_link(s, link);
	pool_unlock(s);
}
