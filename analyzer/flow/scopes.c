/* Finds calls that activate and follows what they return. */
#include "flow/scopes.h"

static bool is_exit(const struct walk_exit *e)
{
	return e->kind != EXIT_NORETURN && e->phase != SPAN_BEFORE;
}

/* Exits at one op count once, however many paths lead there. */
static bool is_counted(const struct walk *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_exit(&w->exits.at[k]) && w->exits.at[k].op == w->exits.at[i].op &&
			(w->exits.at[k].phase == SPAN_OPEN) == (w->exits.at[i].phase == SPAN_OPEN))
			return true;
	return false;
}

static void count_exits(struct scope_site *s)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (!is_exit(e))
			continue;
		s->is_handed_on |= e->phase == SPAN_GONE;
		bool is_open = e->phase == SPAN_OPEN || e->kind == EXIT_LOST;
		if (is_open && (!s->first_open || e->nr_hops < s->first_open->nr_hops))
			s->first_open = e;
		if (is_counted(s->walk, i))
			continue;
		s->nr_open += is_open;
		s->nr_left += !is_open;
	}
}

const struct scope_site *scopes_of(struct program *p, struct func *f, uint32_t *nr)
{
	VEC(struct scope_site) all = {0};
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m || m->effect != EFFECT_ACTIVATE || m->scope != MODEL_RESULT)
			continue;
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		const struct model_type *t = models_type(p->models, op->type);
		struct scope_site s = {.op = f->calls[i].op,
			.is_automatic = t && t->ends_on_destroy,
			.is_discarded = (op->flags & IR_CALL_DISCARDED) != 0};
		struct walk_query query = {.subject = WALK_SCOPE, .op = s.op, .other = IR_NONE};
		s.walk = walk_func(p, f, &query);
		count_exits(&s);
		vec_push(p->arena, &all, s);
	}
	*nr = (uint32_t)all.nr;
	return all.at;
}

const struct walk *scopes_walk_pair(
	struct program *p, struct func *f, const struct scope_site *a, const struct scope_site *b)
{
	struct walk_query query = {.subject = WALK_SCOPE, .op = a->op, .other = b->op};
	return walk_func(p, f, &query);
}
