/* SPDX-License-Identifier: Apache-2.0 */
/* Composable samplers say from which threshold on they would keep a trace; the composite sampler
 * around them compares it with the trace's randomness once (OTEP 250; trace SDK,
 * "CompositeSampler"). Made once and kept, as all samplers. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk.h"

struct intent {
	uint64_t threshold;             /* THRESHOLD_NONE: not kept */
	bool is_reliable;               /* the adjusted count follows from it */
	const ctel_attr *attributes[4]; /* of the annotating ones, innermost first */
	size_t nr_attributes[4];
	unsigned nr_annotations;
};

struct ctel_composable {
	void (*intend)(const struct ctel_composable *c, const ctel_sampling *what,
		const struct otstate *ot, struct intent *out);
	struct ctel_composable *next; /* all of them, so that none is ever lost */
	struct ctel_composable *inner;
	uint64_t threshold;
	ctel_rule *rules;
	size_t nr_rules;
	const ctel_attr *attributes;
	size_t nr_attributes;
	char description[160];
};

static _Atomic(struct ctel_composable *) composables;

static struct ctel_composable *composable_new(void (*intend)(const struct ctel_composable *,
	const ctel_sampling *, const struct otstate *, struct intent *))
{
	struct ctel_composable *c = calloc(1, sizeof(*c));
	if (!c)
		return NULL;
	c->intend = intend;
	c->threshold = THRESHOLD_NONE;
	c->next = atomic_load(&composables);
	while (!atomic_compare_exchange_weak(&composables, &c->next, c))
		;
	return c;
}

/* ---- By a threshold ------------------------------------------------------------------------- */

static void fixed(const struct ctel_composable *c, const ctel_sampling *what,
	const struct otstate *ot, struct intent *out)
{
	(void)what;
	(void)ot;
	out->threshold = c->threshold;
	out->is_reliable = c->threshold != THRESHOLD_NONE;
}

static ctel_composable *make_fixed(uint64_t threshold, const char *name, double ratio)
{
	struct ctel_composable *c = composable_new(fixed);
	if (!c)
		return NULL;
	c->threshold = threshold;
	if (ratio >= 0)
		snprintf(c->description, sizeof(c->description), "%s{%.6f}", name, ratio);
	else
		snprintf(c->description, sizeof(c->description), "%s", name);
	return c;
}

ctel_composable *ctel_composable_always_on(void)
{
	return make_fixed(0, "ComposableAlwaysOn", -1);
}

ctel_composable *ctel_composable_always_off(void)
{
	return make_fixed(THRESHOLD_NONE, "ComposableAlwaysOff", -1);
}

ctel_composable *ctel_composable_probability(double ratio)
{
	if (!(ratio > 0))
		return ctel_composable_always_off();
	return make_fixed(threshold_of(ratio), "ComposableProbability", ratio);
}

static void parent_threshold(const struct ctel_composable *c, const ctel_sampling *what,
	const struct otstate *ot, struct intent *out)
{
	if (!ctx_has_trace(what->parent)) {
		c->inner->intend(c->inner, what, ot, out);
		return;
	}
	out->is_reliable = ot->th != THRESHOLD_NONE;
	if (out->is_reliable)
		out->threshold = ot->th;
	else
		out->threshold = what->parent->flags & FLAG_SAMPLED ? 0 : THRESHOLD_NONE;
}

ctel_composable *ctel_composable_parent_threshold(ctel_composable *root)
{
	struct ctel_composable *c = composable_new(parent_threshold);
	if (!c || !(c->inner = root ? root : ctel_composable_always_on()))
		return NULL;
	snprintf(c->description, sizeof(c->description), "ComposableParentThreshold{root=%.100s}",
		c->inner->description);
	return c;
}

/* ---- By rules ------------------------------------------------------------------------------- */

bool pattern_matches(const char *pattern, const char *text)
{
	const char *star = NULL, *from = NULL; /* where to go on when the last * has to take more */
	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			from = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

static bool matches_any(const char *text, const char *const *list, size_t nr, bool are_patterns)
{
	for (size_t i = 0; i < nr; i++)
		if (are_patterns ? pattern_matches(list[i], text) : !strcmp(list[i], text))
			return true;
	return false;
}

static bool value_holds(const ctel_rule *r, const char *text)
{
	return (!r->nr_values || matches_any(text, r->values, r->nr_values, false)) &&
	       (!r->nr_patterns || matches_any(text, r->patterns, r->nr_patterns, true)) &&
	       !matches_any(text, r->excluded_patterns, r->nr_excluded_patterns, true);
}

/* The i-th value of an attribute as text, cut to the buffer; an attribute that is no array is its
 * own only value. */
static void as_text(const ctel_attr *a, size_t i, char *out, size_t size)
{
	bool is_array = a->type >= CTEL_STRINGS;
	const char *s = is_array ? NULL : a->v.string;
	size_t n = a->n;
	switch (a->type) {
	case CTEL_STRINGS:
		s = a->v.strings[i] ? a->v.strings[i] : "";
		n = strlen(s);
		/* fall through */
	case CTEL_STRING:
		n = n < size - 1 ? n : size - 1;
		if (s)
			memcpy(out, s, n);
		out[s ? n : 0] = '\0';
		break;
	case CTEL_BOOL:
	case CTEL_BOOLS:
		snprintf(out, size, "%s",
			(is_array ? a->v.booleans[i] : a->v.boolean) ? "true" : "false");
		break;
	case CTEL_INT:
	case CTEL_INTS:
		snprintf(out, size, "%" PRId64, is_array ? a->v.integers[i] : a->v.integer);
		break;
	case CTEL_DOUBLE:
	case CTEL_DOUBLES:
		snprintf(out, size, "%g", is_array ? a->v.reals[i] : a->v.real);
		break;
	}
}

static bool attribute_holds(const ctel_rule *r, const ctel_sampling *what)
{
	char text[1024];
	for (size_t k = 0; k < what->nr_attributes; k++) {
		const ctel_attr *a = &what->attributes[k];
		if (!a->key || strcmp(a->key, r->key) != 0)
			continue;
		size_t nr = a->type >= CTEL_STRINGS ? a->n : 1;
		for (size_t i = 0; i < nr; i++) {
			as_text(a, i, text, sizeof(text));
			if (value_holds(r, text))
				return true;
		}
	}
	return false;
}

static bool holds(const ctel_rule *r, const ctel_sampling *what)
{
	unsigned parent = !ctx_has_trace(what->parent) ? CTEL_PARENT_NONE
			  : what->parent->is_remote    ? CTEL_PARENT_REMOTE
						       : CTEL_PARENT_LOCAL;
	return (!r->name || pattern_matches(r->name, what->name)) &&
	       (!r->kinds || (r->kinds & 1u << what->kind)) &&
	       (!r->parents || (r->parents & parent)) && (!r->key || attribute_holds(r, what));
}

static void rule_based(const struct ctel_composable *c, const ctel_sampling *what,
	const struct otstate *ot, struct intent *out)
{
	for (size_t i = 0; i < c->nr_rules; i++)
		if (holds(&c->rules[i], what)) {
			c->rules[i].sampler->intend(c->rules[i].sampler, what, ot, out);
			return;
		}
	out->threshold = THRESHOLD_NONE;
	out->is_reliable = false;
}

static const char *const *strings_copy(const char *const *from, size_t nr)
{
	char **to = nr ? calloc(nr, sizeof(*to)) : NULL;
	for (size_t i = 0; to && i < nr; i++)
		if (!(to[i] = strdup(from[i] ? from[i] : "")))
			return NULL;
	return (const char *const *)to;
}

static bool rule_copy(ctel_rule *to, const ctel_rule *from)
{
	*to = *from;
	to->name = from->name ? strdup(from->name) : NULL;
	to->key = from->key ? strdup(from->key) : NULL;
	to->values = strings_copy(from->values, from->nr_values);
	to->patterns = strings_copy(from->patterns, from->nr_patterns);
	to->excluded_patterns = strings_copy(from->excluded_patterns, from->nr_excluded_patterns);
	to->sampler = from->sampler ? from->sampler : ctel_composable_always_on();
	return to->sampler && !from->name == !to->name && !from->key == !to->key &&
	       !from->nr_values == !to->values && !from->nr_patterns == !to->patterns &&
	       !from->nr_excluded_patterns == !to->excluded_patterns;
}

ctel_composable *ctel_composable_rule_based(const ctel_rule *rules, size_t nr)
{
	struct ctel_composable *c = composable_new(rule_based);
	if (!c || !(c->rules = calloc(nr ? nr : 1, sizeof(*c->rules))))
		return NULL;
	for (size_t i = 0; i < nr; i++)
		if (!rule_copy(&c->rules[i], &rules[i]))
			return NULL;
	c->nr_rules = nr;
	snprintf(c->description, sizeof(c->description), "ComposableRuleBased{%zu rules}", nr);
	return c;
}

/* ---- With attributes ------------------------------------------------------------------------ */

static void annotating(const struct ctel_composable *c, const ctel_sampling *what,
	const struct otstate *ot, struct intent *out)
{
	c->inner->intend(c->inner, what, ot, out);
	unsigned i = out->nr_annotations;
	if (i < sizeof(out->attributes) / sizeof(*out->attributes)) {
		out->attributes[i] = c->attributes;
		out->nr_attributes[i] = c->nr_attributes;
		out->nr_annotations++;
	}
}

const ctel_attr *attributes_copy(const ctel_attr *from, size_t n)
{
	ctel_attr *to = n ? calloc(n, sizeof(*to)) : NULL;
	for (size_t i = 0; to && i < n; i++) {
		static const size_t sizes[] = {[CTEL_BOOLS] = sizeof(bool),
			[CTEL_INTS] = sizeof(int64_t),
			[CTEL_DOUBLES] = sizeof(double)};
		to[i] = from[i];
		to[i].key = from[i].key ? strdup(from[i].key) : NULL;
		void *copy = NULL;
		if (from[i].type == CTEL_STRINGS) {
			to[i].v.strings = strings_copy(from[i].v.strings, from[i].n);
		} else if (from[i].type > CTEL_STRINGS) {
			size_t size = from[i].n * sizes[from[i].type];
			if (size && (copy = malloc(size)))
				memcpy(copy, from[i].v.integers, size);
			to[i].v.integers = copy;
		} else if (from[i].type == CTEL_STRING && from[i].v.string) {
			to[i].v.string = strndup(from[i].v.string, from[i].n);
		}
	}
	return to;
}

ctel_composable *ctel_composable_annotating(
	ctel_composable *inner, const ctel_attr *attributes, size_t nr)
{
	struct ctel_composable *c = composable_new(annotating);
	if (!c || !(c->inner = inner ? inner : ctel_composable_always_on()))
		return NULL;
	c->attributes = attributes_copy(attributes, nr);
	c->nr_attributes = c->attributes ? nr : 0;
	snprintf(c->description, sizeof(c->description), "ComposableAnnotating{%.100s}",
		c->inner->description);
	return c;
}

/* ---- The decision --------------------------------------------------------------------------- */

/* Attributes of several annotations, one behind the other: rare enough for memory per thread. */
static void take_attributes(const struct intent *intent, struct decision *out)
{
	static _Thread_local ctel_attr all[64];
	size_t nr = 0;
	if (intent->nr_annotations == 1) {
		out->attributes = intent->attributes[0];
		out->nr_attributes = intent->nr_attributes[0];
		return;
	}
	for (unsigned i = 0; i < intent->nr_annotations; i++)
		for (size_t k = 0; k < intent->nr_attributes[i] && nr < 64; k++)
			all[nr++] = intent->attributes[i][k];
	out->attributes = all;
	out->nr_attributes = nr;
}

static void composite(const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	struct otstate ot;
	struct intent intent = {.threshold = THRESHOLD_NONE};
	struct ctel_bag *state = what->parent->tracestate;
	otstate_read(state, &ot);
	s->composable->intend(s->composable, what, &ot, &intent);
	uint64_t r =
		intent.is_reliable ? otstate_randomness(&ot, what->trace_id) : id_random() >> 8;
	bool is_kept = intent.threshold != THRESHOLD_NONE && r >= intent.threshold;
	out->decision = is_kept ? CTEL_RECORD_AND_SAMPLE : CTEL_DROP;
	uint64_t th = is_kept && intent.is_reliable ? intent.threshold : THRESHOLD_NONE;
	if (th != ot.th) {
		out->has_tracestate = true;
		out->tracestate = otstate_with_th(state, th);
	}
	if (is_kept && intent.nr_annotations)
		take_attributes(&intent, out);
}

ctel_sampler *ctel_sampler_composite(ctel_composable *composable)
{
	struct ctel_sampler *s = sampler_new(composite);
	if (!s || !(s->composable = composable ? composable : ctel_composable_always_on()))
		return NULL;
	snprintf(s->description, sizeof(s->description), "CompositeSampler{%s}",
		s->composable->description);
	return s;
}
