/* unseen-critical-path: no trace has a span of a critical path. */
#include "engine/tell.h"
#include "flow/measured.h"

#include <inttypes.h>

void rule_unseen_critical_path(struct rule_run *run);

/* Every span that the function starts has a known name, and none of these was seen. */
static const struct measured_site *unseen_site(const struct measured *m, const struct func *f)
{
	const struct measured_site *first = NULL;
	for (uint32_t i = 0; i < f->nr_sites; i++) {
		const struct measured_site *s = measured_site_of(m, f, &f->sites[i]);
		if (!s || s->match != MEASURED_EXACT || s->nr)
			return NULL;
		first = first ? first : s;
	}
	return first;
}

void rule_unseen_critical_path(struct rule_run *run)
{
	const struct measured *m = measured_of(run->program);
	/* traces of some other program say nothing about this one */
	if (!m || !m->has_match)
		return;
	for (size_t i = 0; i < run->program->criticals.nr; i++) {
		const struct critical *c = &run->program->criticals.at[i];
		const struct measured_site *s =
			c->func && !c->path.on_current ? unseen_site(m, c->func) : NULL;
		struct story story = {0};
		if (!s)
			continue;
		story_add(run, &story, &c->func->ir->ops[s->site->op].loc,
			"starts \"%s\", which no trace has", s->name);
		tell(run, c->func, &c->func->ir->loc, c->path.name,
			tell_text(run, "critical path \"%s\" is in none of %" PRIu64 " traces",
				c->path.name, m->nr_traces),
			"either nobody uses what the business depends on, or its spans get lost: "
			"not sampled, not exported, filtered out on the way",
			"play the operation once and look for its span; if it is there, measure "
			"longer, if not, look at sampling and export",
			&story);
	}
}
