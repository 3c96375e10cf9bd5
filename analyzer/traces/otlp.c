/* OTLP/JSON to spans: ids in hexadecimal, 64-bit integers as texts or numbers, enums as numbers or
 * names, unknown keys skipped, null as absent.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
#include "traces/otlp.h"

#include "base/str.h"
#include "traces/otlp_value.h"

#include <string.h>

void otlp_init(struct otlp_reader *r, const struct otlp_sink *sink, struct arena *line)
{
	*r = (struct otlp_reader){.sink = sink, .line = line};
	arena_init(&r->stack_arena);
}

void otlp_fini(struct otlp_reader *r)
{
	arena_fini(&r->stack_arena);
}

/* ---- attributes ---- */

static bool read_pair(struct otlp_reader *r, struct jcursor *c, struct arena *a)
{
	struct trace_attr attr = {.key = "", .text = ""};
	struct slice key;
	bool is_first = true;
	while (jc_member(c, &is_first, &key)) {
		if (jc_null(c))
			continue;
		if (jc_key_is(key, "key")) {
			const char *name = jc_string(c, a);
			attr.key = name ? name : "";
		} else if (jc_key_is(key, "value")) {
			otlp_value(c, a, &attr);
		} else {
			jc_skip(c);
		}
	}
	vec_push(&r->stack_arena, &r->stack, attr);
	return !c->error;
}

static bool read_attrs(
	struct otlp_reader *r, struct jcursor *c, struct arena *a, struct trace_attrs *out)
{
	size_t base = r->stack.nr;
	bool is_first = true;
	if (jc_null(c))
		return true;
	while (jc_element(c, &is_first) && read_pair(r, c, a))
		;
	size_t nr = r->stack.nr - base;
	if (nr) {
		struct trace_attr *at = arena_array(a, struct trace_attr, nr);
		memcpy(at, r->stack.at + base, nr * sizeof(*at));
		*out = (struct trace_attrs){at, nr};
	}
	r->stack.nr = base;
	return !c->error;
}

/* ---- events, links, status ---- */

static void read_event(
	struct otlp_reader *r, struct jcursor *c, struct arena *a, struct trace_event *e)
{
	struct slice key;
	bool is_first = true;
	*e = (struct trace_event){.name = ""};
	while (jc_member(c, &is_first, &key)) {
		if (jc_null(c))
			continue;
		if (jc_key_is(key, "name"))
			otlp_text(c, a, &e->name);
		else if (jc_key_is(key, "timeUnixNano"))
			otlp_uint64(c, &e->time);
		else if (jc_key_is(key, "attributes"))
			read_attrs(r, c, a, &e->attrs);
		else
			jc_skip(c);
	}
}

static void read_link(
	struct otlp_reader *r, struct jcursor *c, struct arena *a, struct trace_link *l)
{
	struct slice key;
	bool is_first = true;
	*l = (struct trace_link){.trace_id = {0}};
	while (jc_member(c, &is_first, &key)) {
		if (jc_null(c))
			continue;
		if (jc_key_is(key, "traceId"))
			otlp_id(c, l->trace_id, 16);
		else if (jc_key_is(key, "spanId"))
			otlp_id(c, l->span_id, 8);
		else if (jc_key_is(key, "attributes"))
			read_attrs(r, c, a, &l->attrs);
		else
			jc_skip(c);
	}
}

static void read_events(
	struct otlp_reader *r, struct jcursor *c, struct arena *a, struct trace_span *s)
{
	VEC(struct trace_event) events = {0};
	bool is_first = true;
	while (jc_element(c, &is_first)) {
		struct trace_event event;
		read_event(r, c, a, &event);
		vec_push(a, &events, event);
	}
	s->events = events.at;
	s->nr_events = events.nr;
}

static void read_links(
	struct otlp_reader *r, struct jcursor *c, struct arena *a, struct trace_span *s)
{
	VEC(struct trace_link) links = {0};
	bool is_first = true;
	while (jc_element(c, &is_first)) {
		struct trace_link link;
		read_link(r, c, a, &link);
		vec_push(a, &links, link);
	}
	s->links = links.at;
	s->nr_links = links.nr;
}

static void read_status(struct jcursor *c, struct arena *a, struct trace_span *s)
{
	static const char *const names[] = {
		"STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"};
	struct slice key;
	unsigned code = 0;
	bool is_first = true;
	while (jc_member(c, &is_first, &key)) {
		if (jc_null(c))
			continue;
		if (jc_key_is(key, "code"))
			otlp_enum(c, names, 3, &code);
		else if (jc_key_is(key, "message"))
			otlp_text(c, a, &s->status_text);
		else
			jc_skip(c);
	}
	s->status = (enum trace_status)code;
}

/* ---- spans ---- */

static void read_kind(struct jcursor *c, struct trace_span *s)
{
	static const char *const names[] = {"SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL",
		"SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"};
	unsigned kind = 0;
	otlp_enum(c, names, 6, &kind);
	s->kind = (enum trace_kind)kind;
}

static bool read_member(struct otlp_reader *r, struct jcursor *c, struct arena *a, struct slice key,
	struct trace_span *s)
{
	if (jc_null(c))
		return true;
	if (jc_key_is(key, "spanId"))
		return otlp_id(c, s->span_id, 8);
	if (jc_key_is(key, "parentSpanId")) {
		s->has_parent = otlp_id(c, s->parent_id, 8) && otlp_id_is_set(s->parent_id, 8);
		return true;
	}
	if (jc_key_is(key, "name"))
		return otlp_text(c, a, &s->name);
	if (jc_key_is(key, "startTimeUnixNano"))
		return otlp_uint64(c, &s->start);
	if (jc_key_is(key, "endTimeUnixNano"))
		return otlp_uint64(c, &s->end);
	if (jc_key_is(key, "kind"))
		read_kind(c, s);
	else if (jc_key_is(key, "status"))
		read_status(c, a, s);
	else if (r->sink->is_brief)
		jc_skip(c);
	else if (jc_key_is(key, "attributes"))
		read_attrs(r, c, a, &s->attrs);
	else if (jc_key_is(key, "events"))
		read_events(r, c, a, s);
	else if (jc_key_is(key, "links"))
		read_links(r, c, a, s);
	else
		jc_skip(c);
	return true;
}

/* Reads the span's trace id ahead; in practice it is the first key. The cursor stays. */
static bool peek_trace_id(struct jcursor *c, uint8_t id[16])
{
	struct jcursor ahead = *c;
	struct slice key;
	bool is_first = true, found = false;
	while (!found && jc_member(&ahead, &is_first, &key)) {
		if (jc_key_is(key, "traceId") && jc_peek(&ahead) == '"')
			found = otlp_id(&ahead, id, 16) && otlp_id_is_set(id, 16);
		else
			jc_skip(&ahead);
	}
	return found;
}

static void bad_span(struct otlp_reader *r, const char *why)
{
	if (!r->nr_nameless++)
		r->first_bad = why;
}

static void read_span(struct otlp_reader *r, struct jcursor *c)
{
	struct trace_span s = r->about;
	struct slice key;
	bool is_first = true;
	r->nr_spans++;
	jc_peek(c);
	const char *start = c->p;
	if (!peek_trace_id(c, s.trace_id)) {
		if (jc_skip(c))
			bad_span(r, "a span has no traceId of 32 hexadecimal digits");
		return;
	}
	struct arena *a = r->sink->want(r->sink->ctx, s.trace_id);
	if (!a) {
		jc_skip(c);
		return;
	}
	while (jc_member(c, &is_first, &key))
		read_member(r, c, a, key, &s);
	if (c->error)
		return;
	s.bytes = (size_t)(c->p - start);
	if (!otlp_id_is_set(s.span_id, 8))
		bad_span(r, "a span has no spanId of 16 hexadecimal digits");
	else
		r->sink->span(r->sink->ctx, &s);
}

static void read_spans(struct otlp_reader *r, struct jcursor *c)
{
	bool is_first = true;
	if (jc_null(c))
		return;
	while (jc_element(c, &is_first))
		read_span(r, c);
}

/* Keys may come in any order, but what spans refer to has to be known before them: when it comes
 * behind them, as it does in nobody's files yet, they are read in a second round. */
static void read_about_first(struct otlp_reader *r, struct jcursor *c, const char *about,
	void (*read_about)(struct otlp_reader *, struct jcursor *), const char *content,
	void (*read_content)(struct otlp_reader *, struct jcursor *))
{
	struct jcursor later = {.p = NULL};
	struct slice key;
	bool is_first = true, is_known = false;
	while (jc_member(c, &is_first, &key)) {
		if (jc_key_is(key, about)) {
			read_about(r, c);
			is_known = true;
		} else if (jc_key_is(key, content) && is_known) {
			read_content(r, c);
		} else if (jc_key_is(key, content)) {
			later = *c;
			jc_skip(c);
		} else {
			jc_skip(c);
		}
	}
	if (!later.p || c->error)
		return;
	read_content(r, &later);
	if (later.error)
		*c = later;
}

static void read_scope(struct otlp_reader *r, struct jcursor *c)
{
	struct slice key;
	bool is_first = true;
	if (jc_null(c))
		return;
	while (jc_member(c, &is_first, &key)) {
		if (jc_key_is(key, "name") && !jc_null(c))
			otlp_text(c, r->line, &r->about.scope);
		else
			jc_skip(c);
	}
}

static void read_scopes(struct otlp_reader *r, struct jcursor *c)
{
	bool is_first = true;
	if (jc_null(c))
		return;
	while (jc_element(c, &is_first)) {
		r->about.scope = "";
		read_about_first(r, c, "scope", read_scope, "spans", read_spans);
	}
}

static void read_resource(struct otlp_reader *r, struct jcursor *c)
{
	struct slice key;
	bool is_first = true;
	if (jc_null(c))
		return;
	while (jc_member(c, &is_first, &key)) {
		if (jc_key_is(key, "attributes"))
			read_attrs(r, c, r->line, &r->about.resource);
		else
			jc_skip(c);
	}
	const struct trace_attr *name = trace_attr_find(&r->about.resource, "service.name");
	r->about.service = name ? name->text : "";
}

bool otlp_line(struct otlp_reader *r, struct jcursor *c)
{
	struct slice key;
	bool is_first = true;
	r->nr_spans = r->nr_nameless = 0;
	r->stack.nr = 0;
	if (jc_peek(c) != '{')
		return jc_fail(c, "this is no OTLP JSON: a line begins with {\"resourceSpans\":");
	while (jc_member(c, &is_first, &key)) {
		if (!jc_key_is(key, "resourceSpans") || jc_peek(c) == 'n') {
			jc_skip(c);
			continue;
		}
		for (bool is_first_resource = true; jc_element(c, &is_first_resource);) {
			r->about = (struct trace_span){
				.name = "", .service = "", .scope = "", .status_text = ""};
			read_about_first(
				r, c, "resource", read_resource, "scopeSpans", read_scopes);
		}
	}
	return jc_end(c);
}
