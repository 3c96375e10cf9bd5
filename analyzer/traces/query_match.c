/* What a query sees in a span. */
#include "traces/query.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *event_name(const struct trace_span *s, const struct query_node *test);

static const char *attribute(const struct trace_attrs *attrs, const char *key)
{
	const struct trace_attr *attr = trace_attr_find(attrs, key);
	return attr ? attr->text : NULL;
}

/* Ancestors are few; a trace that is one long chain is walked up a thousand spans only. */
static const char *upward(const struct trace_node *n, const char *key)
{
	for (unsigned i = 0; n && i < 1000; i++, n = n->parent) {
		const char *text = attribute(&n->span->attrs, key);
		if (text)
			return text;
	}
	return NULL;
}

static const char *text_of(const struct query_operand *o, const struct trace_node *n)
{
	const struct trace_span *s = n->span;
	switch (o->source) {
	case QUERY_NAME:
		return s->name;
	case QUERY_STATUS:
		return trace_status_name(s->status);
	case QUERY_KIND:
		return trace_kind_name(s->kind);
	case QUERY_SERVICE:
		return s->service;
	case QUERY_SCOPE:
		return s->scope;
	case QUERY_EVENT:
		return s->nr_events ? s->events[0].name : NULL;
	case QUERY_ATTRIBUTE:
		return attribute(&s->attrs, o->key);
	case QUERY_UP:
		return upward(n, o->key);
	case QUERY_RESOURCE:
		return attribute(&s->resource, o->key);
	case QUERY_DURATION:
	case QUERY_TRACE:
		break;
	}
	return NULL;
}

const char *query_value(struct arena *a, const struct query_operand *o, const struct trace_node *n)
{
	char id[33];
	if (o->source == QUERY_DURATION)
		return arena_printf(a, "%" PRIu64 "ns", trace_span_duration(n->span));
	if (o->source != QUERY_TRACE)
		return text_of(o, n);
	trace_id_hex(n->span->trace_id, id);
	return arena_strdup(a, id);
}

static bool holds(enum query_op op, int order)
{
	switch (op) {
	case QUERY_EQ:
		return order == 0;
	case QUERY_NE:
		return order != 0;
	case QUERY_GT:
		return order > 0;
	case QUERY_GE:
		return order >= 0;
	case QUERY_LT:
		return order < 0;
	case QUERY_LE:
		return order <= 0;
	case QUERY_HAS:
	case QUERY_GLOB:
		break;
	}
	return false;
}

static bool holds_number(const struct query_node *test, double x)
{
	return holds(test->op, x < test->number ? -1 : x > test->number);
}

/* Texts that are numbers on both sides are compared as such: 5 is 5.0. */
static bool holds_text(const struct query_node *test, const char *text)
{
	char *end;
	if (test->op == QUERY_GLOB)
		return str_glob(test->value, text);
	double x = isnan(test->number) ? NAN : strtod(text, &end);
	if (!isnan(x) && end > text && !*end)
		return holds_number(test, x);
	if (test->op == QUERY_EQ || test->op == QUERY_NE)
		return holds(test->op, !str_eq(text, test->value));
	return false;
}

/* Of the events one that fits is enough. */
static const char *event_name(const struct trace_span *s, const struct query_node *test)
{
	for (size_t i = 0; i < s->nr_events; i++)
		if (holds_text(test, s->events[i].name))
			return s->events[i].name;
	return NULL;
}

static bool test_holds(const struct query_node *test, const struct trace_node *n)
{
	char id[33];
	const struct query_operand *o = &test->operand;
	if (o->source == QUERY_DURATION)
		return test->op == QUERY_HAS ||
		       holds_number(test, (double)trace_span_duration(n->span));
	if (o->source == QUERY_TRACE) {
		trace_id_hex(n->span->trace_id, id);
		return test->op == QUERY_HAS ||
		       (test->op == QUERY_GLOB ? str_glob(test->value, id)
					       : holds(test->op, !str_eq(test->value, id)));
	}
	if (o->source == QUERY_EVENT && test->op != QUERY_HAS)
		return event_name(n->span, test) != NULL;
	const char *text = text_of(o, n);
	if (test->op == QUERY_HAS)
		return text && text[0];
	return text && holds_text(test, text);
}

static bool node_holds(const struct query_node *q, const struct trace_node *n)
{
	switch (q->type) {
	case QUERY_AND:
		return node_holds(q->left, n) && node_holds(q->right, n);
	case QUERY_OR:
		return node_holds(q->left, n) || node_holds(q->right, n);
	case QUERY_NOT:
		return !node_holds(q->left, n);
	case QUERY_TEST:
		break;
	}
	return test_holds(q, n);
}

bool query_matches(const struct query *q, const struct trace_node *n)
{
	return !q->where || node_holds(q->where, n);
}
