/* flooding-span: one place makes a large share of all spans, and they are short. */
#include "base/duration.h"
#include "engine/tell.h"
#include "flow/measured.h"
#include "flow/spans.h"

#include <inttypes.h>

void rule_flooding_span(struct rule_run *run);

/* Of places that share a name the first one tells about all. */
static bool is_told(const struct measured *m, size_t at)
{
	const char *name = m->sites.at[at].site->name;
	for (size_t i = 0; name && i < at; i++)
		if (m->sites.at[i].one && m->sites.at[i].one == m->sites.at[at].one)
			return true;
	return false;
}

static void report(struct rule_run *run, const struct measured *m, const struct measured_site *s)
{
	struct story story = {0};
	for (size_t i = 0; s->nr_places > 1 && i < m->sites.nr; i++) {
		const struct measured_site *other = &m->sites.at[i];
		if (other != s && other->one == s->one)
			story_add(run, &story, &other->func->ir->ops[other->site->op].loc,
				"starts spans of this name too");
	}
	double share = 100.0 * (double)s->nr / (double)m->nr_spans;
	tell(run, s->func, &s->func->ir->ops[s->site->op].loc, s->name,
		tell_text(run, "span \"%s\" is %.1f %% of all spans, with a median of %s", s->name,
			share, duration_text(run->arena, s->median, false)),
		"to record, send and keep one costs more than the work it measures, and the spans "
		"that tell something drown in them",
		"remove the span; what it knows can be an attribute or a count on its parent",
		story.steps.nr ? &story : NULL);
}

void rule_flooding_span(struct rule_run *run)
{
	const struct measured *m = measured_of(run->program);
	for (size_t i = 0; m && i < m->sites.nr; i++) {
		const struct measured_site *s = &m->sites.at[i];
		/* calls of others, and what is marked, are wanted however short they are */
		if (s->func->critical || s->func->is_not_trivial || !s->site->is_internal)
			continue;
		if (measured_is_flood(m, s) && !is_told(m, i))
			report(run, m, s);
	}
}
