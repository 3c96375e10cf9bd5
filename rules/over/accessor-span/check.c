/* accessor-span: a span in a getter, setter, predicate, operator or plain constructor. */
#include "engine/span_patch.h"
#include "flow/cost.h"
#include "flow/verdict.h"

void rule_accessor_span(struct rule_run *run);

void rule_accessor_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			const struct span_site *s = &f->sites[k];
			if (s->verdict->worth != WORTH_ACCESSOR)
				continue;
			const char *name = ir_simple_name(f->ir->name);
			struct plan plans[SPAN_PLANS];
			struct patch patch = {.title = "remove the span", .plans = plans};
			patch.nr_plans = span_removal(run, f, s, plans);
			tell_with_patch(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "",
				tell_text(run, "%s times %s, %s with %u line%s of work",
					span_title(s, run->arena), name,
					shape_name(s->verdict->shape), f->cost->stmts,
					f->cost->stmts == 1 ? "" : "s"),
				"it takes longer to record the span than to do what it records; "
				"called often, it is most of the trace",
				"remove the span; the value it reads can be an attribute of the "
				"caller's span",
				NULL, patch.nr_plans ? &patch : NULL);
		}
	}
}
