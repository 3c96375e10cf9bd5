/* missing-attribute: a critical path that can end normally without one of its required keys. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/attributes.h"
#include "flow/pairs.h"

#include <ctype.h>
#include <string.h>

void rule_missing_attribute(struct rule_run *run);

static bool is_satisfied(const struct walk *w, const struct walk_exit *e, const struct key_group *g)
{
	if (keys_has_unknown(w, e->keys))
		return true; /* a key was set that we cannot name: it may be this one */
	for (size_t i = 0; i < g->nr_keys; i++) {
		int bit = walk_key(w, g->keys[i]);
		if (bit >= 0 && (e->keys >> bit) & 1)
			return true;
	}
	return false;
}

/* Paths that end the span and mean success; a path that records an error may leave early. */
static bool is_normal(const struct walk_exit *e, bool on_current)
{
	if (e->kind != EXIT_RETURN || outcome_is_failure(e->outcome) ||
		(e->flags & STATE_ERROR_STATUS))
		return false;
	/* `finish(span, rc)` may have recorded one; on a way to success it has not */
	if ((e->flags & STATE_MAYBE_ERROR) && e->outcome != OUTCOME_SUCCESS)
		return false;
	return e->phase == (on_current ? SPAN_OPEN : SPAN_ENDED);
}

static const struct walk_exit *find_path(
	const struct walk *w, const struct key_group *g, bool on_current)
{
	const struct walk_exit *best = NULL;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (!is_normal(e, on_current) || is_satisfied(w, e, g))
			continue;
		if (!best || e->nr_hops < best->nr_hops)
			best = e;
	}
	return best;
}

/* A known key on a span, written in the function itself. */
static bool is_key(const struct pair *pair)
{
	return pair->text && !(pair->inner && pair->key == IR_NONE) &&
	       (pair->effect == EFFECT_START || pair->effect == EFFECT_ATTRIBUTE ||
		       pair->effect == EFFECT_EXCEPTION);
}

/* Where the function sets one of the keys, if it does so itself. */
static const struct ir_op *find_setter(
	struct rule_run *run, struct func *f, const struct key_group *g)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct pairs *pairs = pairs_of(run->program, f, &f->calls[i]);
		for (size_t n = 0; n < pairs->all.nr; n++) {
			const struct pair *pair = &pairs->all.at[n];
			for (size_t k = 0; is_key(pair) && k < g->nr_keys; k++)
				if (str_eq(pair->text, g->keys[k]))
					return &f->ir->ops[pair->at];
		}
	}
	return NULL;
}

/* "tenant_id" and "tenantId" are "tenant.id" to the one who wrote them, and to nobody else. */
static bool is_variant(const char *a, const char *b)
{
	if (str_eq(a, b))
		return false;
	for (;; a++, b++) {
		a += strspn(a, "._-");
		b += strspn(b, "._-");
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
	}
}

/* A variant of one of the keys that the function sets in its place, or NULL. */
static const char *find_variant(
	struct rule_run *run, struct func *f, const struct key_group *g, const struct ir_op **at)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct pairs *pairs = pairs_of(run->program, f, &f->calls[i]);
		for (size_t n = 0; n < pairs->all.nr; n++) {
			const struct pair *pair = &pairs->all.at[n];
			for (size_t k = 0; is_key(pair) && k < g->nr_keys; k++)
				if (is_variant(pair->text, g->keys[k])) {
					*at = &f->ir->ops[pair->at];
					return pair->text;
				}
		}
	}
	return NULL;
}

static const char *group_text(struct rule_run *run, const struct key_group *g)
{
	struct strbuf out;
	strbuf_init(&out, run->arena);
	for (size_t i = 0; i < g->nr_keys; i++)
		strbuf_addf(&out, "%s%s", i == 0 ? "" : " or ", g->keys[i]);
	return strbuf_str(&out);
}

static void report(struct rule_run *run, const struct critical *c, const struct key_group *g,
	const struct walk_exit *e)
{
	struct func *f = c->func;
	const struct ir_op *start = e->subject == IR_NONE ? NULL : &f->ir->ops[e->subject];
	const struct ir_loc *loc = start ? &start->loc : &f->ir->loc;
	const struct ir_op *setter = find_setter(run, f, g);
	struct story story = {0};
	story_add(run, &story, loc, start ? "span started here" : "critical path begins here");
	story_add_hops(run, &story, f, e, start ? e->subject : IR_NONE);
	if (e->ended_at != IR_NONE && e->ended_at != e->op)
		story_add(run, &story, &f->ir->ops[e->ended_at].loc, "span ends without %s",
			group_text(run, g));
	story_add(run, &story, &f->ir->ops[e->op].loc, "returns normally");
	const struct ir_op *at = NULL;
	const char *variant = setter ? NULL : find_variant(run, f, g, &at);
	if (variant)
		story_add(run, &story, &at->loc, "sets %s, which is another key", variant);
	if (setter)
		story_add(run, &story, &setter->loc, "only other paths come through here");
	tell(run, f, loc, tell_text(run, "%s:%s", c->path.name, g->text),
		tell_text(run, "critical path \"%s\" can end without %s", c->path.name,
			group_text(run, g)),
		tell_text(run,
			"traces of this operation cannot be searched or grouped by %s: you see "
			"that it "
			"happened, not whom it hit",
			group_text(run, g)),
		variant ? tell_text(run, "write the key as the path has it: %s", group_text(run, g))
		: setter ? "set the attribute right after the span starts, before the paths part"
			 : "set the attribute as soon as the value is known",
		&story);
}

static void check_one(struct rule_run *run, const struct critical *c)
{
	struct walk_query query = {
		.subject = c->path.on_current ? WALK_CURRENT : WALK_FIRST, .op = IR_NONE};
	struct walk *w = walk_func(run->program, c->func, &query);
	if (!w->is_complete)
		return;
	for (size_t i = 0; i < c->path.nr_groups; i++) {
		const struct key_group *g = &c->path.groups[i];
		const struct walk_exit *e = find_path(w, g, c->path.on_current);
		if (e && !g->is_optional)
			report(run, c, g, e);
	}
}

void rule_missing_attribute(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->criticals.nr; i++)
		if (run->program->criticals.at[i].func)
			check_one(run, &run->program->criticals.at[i]);
}
