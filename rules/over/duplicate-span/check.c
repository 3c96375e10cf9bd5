/* duplicate-span: two spans that begin and end together. */
#include "engine/tell.h"
#include "flow/extent.h"
#include "flow/looped.h"

void rule_duplicate_span(struct rule_run *run);

static void report(struct rule_run *run, const struct func *f, const struct span_site *outer,
	const struct span_site *inner)
{
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[outer->op].loc, "%s begins and ends at the same moments",
		span_title(outer, run->arena));
	tell(run, f, &f->ir->ops[inner->op].loc, inner->name ? inner->name : "",
		tell_text(run, "%s covers exactly what %s covers", span_title(inner, run->arena),
			outer->name ? span_title(outer, run->arena) : "the span before it"),
		"the same time is in the trace twice, and nobody can tell which of the two to look "
		"at",
		"keep the one whose name says more, and set the attributes of both on it", &story);
}

static bool is_in_question(const struct func *f, const struct span_site *s)
{
	return span_is_replaceable(f, s) && !worth_is_too_much(s->verdict->worth);
}

void rule_duplicate_span(struct rule_run *run)
{
	struct program *p = run->program;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 1; k < f->nr_sites; k++) {
			const struct span_site *outer = &f->sites[k - 1], *inner = &f->sites[k];
			if (is_in_question(f, outer) && is_in_question(f, inner) &&
				extent_is_same(p, f, outer, inner))
				report(run, f, outer, inner);
		}
	}
}
