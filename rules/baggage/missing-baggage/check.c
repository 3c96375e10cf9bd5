/* missing-baggage: a critical path that leaves out a member its callees count on. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"

void rule_missing_baggage(struct rule_run *run);

struct search {
	struct rule_run *run;
	const struct key_group *group;
	bool *seen;
	bool is_unclear; /* a member that we cannot name, a call through a pointer with the context
			  */
};

static bool is_member(const struct search *s, const char *key)
{
	for (size_t i = 0; i < s->group->nr_keys; i++)
		if (str_eq(s->group->keys[i], key))
			return true;
	return false;
}

/* Set, or read because it came with the request, anywhere below. */
static bool has_member(struct search *s, struct func *f)
{
	struct program *p = s->run->program;
	if (s->seen[f->number])
		return false;
	s->seen[f->number] = true;
	if (f->ir->incomplete[0])
		s->is_unclear = true;
	for (uint32_t k = 0; k < f->nr_calls; k++) {
		const struct call *c = &f->calls[k];
		const struct ir_op *op = &f->ir->ops[c->op];
		const struct pairs *pairs = pairs_of(p, f, c);
		for (size_t n = 0; n < pairs->all.nr; n++) {
			const struct pair *pair = &pairs->all.at[n];
			if (pair->effect != EFFECT_BAGGAGE_SET)
				continue;
			s->is_unclear |= !pair->text && !pair->inner;
			if (pair->text && is_member(s, pair->text))
				return true;
		}
		if (c->model && c->model->effect == EFFECT_BAGGAGE_GET && c->model->key >= 0) {
			const char *key = value_string(
				values_of(p, f), ir_call_arg(op, (unsigned)c->model->key));
			if (key && is_member(s, key))
				return true;
		}
		if (c->callee && has_member(s, c->callee))
			return true;
	}
	return false;
}

static void check_one(struct rule_run *run, const struct critical *c)
{
	for (size_t i = 0; i < c->path.nr_baggage; i++) {
		const struct key_group *g = &c->path.baggage[i];
		struct search s = {.run = run,
			.group = g,
			.seen = arena_array(run->scratch, bool, run->program->funcs.nr)};
		if (g->is_optional || has_member(&s, c->func) || s.is_unclear)
			continue;
		tell(run, c->func, &c->func->ir->loc,
			tell_text(run, "%s:%s", c->path.name, g->text),
			tell_text(run, "critical path \"%s\" never puts %s into baggage",
				c->path.name, g->text),
			"the services it calls cannot tell for whom they work: what they record "
			"cannot be searched by it",
			"set the member on the context before the first request leaves", NULL);
	}
}

void rule_missing_baggage(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->criticals.nr; i++)
		if (run->program->criticals.at[i].func)
			check_one(run, &run->program->criticals.at[i]);
}
