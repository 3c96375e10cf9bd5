/* The normalised text of a trace, for tests and for people who compare two of them. */
#include "traces/tree.h"

#include "base/vec.h"
#include "report/jsonout.h"
#include "report/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_SHOWN 64 /* deeper spans are not indented any further */

static int compare_attrs(const void *left, const void *right)
{
	const struct trace_attr *a = left, *b = right;
	int by_key = strcmp(a->key, b->key);
	return by_key ? by_key : strcmp(a->text, b->text);
}

/* Nothing in it may move the terminal, reorder the line or end it. */
static void add_escaped(struct strbuf *out, const char *text)
{
	size_t n = strlen(text);
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t size = utf8_decode(text + i, n - i, &c);
		if (c == UTF8_REPLACEMENT)
			strbuf_add(out, "\xef\xbf\xbd");
		else if (utf8_is_unsafe(c))
			strbuf_addf(out, "\\u%04x", (unsigned)c);
		else
			strbuf_addn(out, text + i, size);
		i += size;
	}
}

static void add_quoted(struct strbuf *out, const char *text)
{
	struct strbuf quoted;
	strbuf_init(&quoted, out->arena);
	jsonout_quote(&quoted, text, strlen(text));
	add_escaped(out, strbuf_str(&quoted));
}

/* Unlike names, keys stand bare as long as they are of the usual characters. */
static void add_key(struct strbuf *out, const char *key)
{
	size_t n =
		strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:");
	if (*key && !key[n])
		strbuf_add(out, key);
	else
		add_quoted(out, key);
}

static void add_attr(
	struct strbuf *out, const struct trace_attr *attr, const struct tree_options *o)
{
	add_key(out, attr->key);
	if (o->keys_only)
		return;
	strbuf_addc(out, '=');
	if (attr->type == TRACE_STRING)
		add_quoted(out, attr->text);
	else if (attr->type == TRACE_EMPTY)
		strbuf_add(out, "null");
	else if (attr->type == TRACE_BYTES)
		strbuf_add(out, "base64:");
	if (attr->type != TRACE_STRING && attr->type != TRACE_EMPTY)
		add_escaped(out, attr->text);
}

static struct trace_attr *sorted(struct arena *a, const struct trace_attrs *attrs)
{
	struct trace_attr *copy = arena_array(a, struct trace_attr, attrs->nr);
	if (attrs->nr) {
		memcpy(copy, attrs->at, attrs->nr * sizeof(*copy));
		qsort(copy, attrs->nr, sizeof(*copy), compare_attrs);
	}
	return copy;
}

/* Each behind `before`, which may be a new line and its indentation. */
static void add_attrs(struct strbuf *out, const struct trace_attrs *attrs, const char *before,
	const struct tree_options *o)
{
	struct trace_attr *at = sorted(out->arena, attrs);
	for (size_t i = 0; i < attrs->nr; i++) {
		strbuf_add(out, before);
		add_attr(out, &at[i], o);
	}
}

static void add_status(struct strbuf *out, const struct trace_span *s, const struct tree_options *o)
{
	const struct trace_attr *type = trace_attr_find(&s->attrs, "error.type");
	if (s->status == STATUS_UNSET)
		return;
	strbuf_addf(out, " %s", trace_status_name(s->status));
	if (s->status == STATUS_ERROR && type) {
		strbuf_addc(out, ' ');
		add_attr(out, type, &(struct tree_options){.keys_only = false});
	}
	if (s->status_text[0] && !o->keys_only) {
		strbuf_addc(out, ' ');
		jsonout_quote(out, s->status_text, strlen(s->status_text));
	}
}

static void add_head(struct strbuf *out, const struct trace_node *n, const struct tree_options *o)
{
	const struct trace_span *s = n->span;
	add_quoted(out, s->name);
	strbuf_addf(out, " %s", trace_kind_name(s->kind));
	add_status(out, s, o);
	if (s->service[0] && (!n->parent || !str_eq(n->parent->span->service, s->service))) {
		strbuf_add(out, " service=");
		add_key(out, s->service);
	}
	if (n->is_orphan)
		strbuf_add(out, " (its parent is not here)");
	if (n->is_looped)
		strbuf_add(out, " (it is its own ancestor)");
	if (n->is_twice)
		strbuf_add(out, " (an earlier span has its id)");
}

/* Events are kept by time; exporters write them in order already, tampered files do not. */
static int compare_events(const void *left, const void *right)
{
	const struct trace_event *const *a = left, *const *b = right;
	if ((*a)->time != (*b)->time)
		return (*a)->time < (*b)->time ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static void add_events(struct strbuf *out, const struct trace_span *s, const char *indent,
	const struct tree_options *o)
{
	const struct trace_event **at =
		arena_array(out->arena, const struct trace_event *, s->nr_events);
	for (size_t i = 0; i < s->nr_events; i++)
		at[i] = &s->events[i];
	if (s->nr_events)
		qsort(at, s->nr_events, sizeof(*at), compare_events);
	for (size_t i = 0; i < s->nr_events; i++) {
		strbuf_addf(out, "%sevent ", indent);
		add_quoted(out, at[i]->name);
		add_attrs(out, &at[i]->attrs, " ", o);
	}
}

static void add_span(struct strbuf *out, const struct trace_node *n, const struct tree_options *o)
{
	const struct trace_span *s = n->span;
	int blanks = 2 * (int)(n->depth < DEPTH_SHOWN ? n->depth : DEPTH_SHOWN);
	char indent[2 * DEPTH_SHOWN + 8];
	snprintf(indent, sizeof(indent), "\n%*s    ", blanks, "");
	strbuf_addf(out, "%*s- ", blanks, "");
	add_head(out, n, o);
	add_attrs(out, &s->attrs, indent, o);
	add_events(out, s, indent, o);
	for (size_t i = 0; i < s->nr_links; i++) {
		bool is_here = memcmp(s->links[i].trace_id, s->trace_id, 16) == 0;
		strbuf_addf(out, "%slink to %s trace", indent, is_here ? "this" : "another");
		add_attrs(out, &s->links[i].attrs, " ", o);
	}
	strbuf_addc(out, '\n');
}

void trace_tree(struct strbuf *out, const struct trace *t, const struct tree_options *options)
{
	strbuf_addf(out, "trace of %zu %s", t->nr, t->nr == 1 ? "span" : "spans");
	if (t->nr_errors)
		strbuf_addf(out, ", %zu with an error", t->nr_errors);
	strbuf_add(out, t->is_cut ? ", the first ones only\n" : "\n");
	for (size_t i = 0; i < t->nr; i++)
		add_span(out, t->order[i], options);
}
