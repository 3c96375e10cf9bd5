/* unseen-attribute: spans of a critical path came without one of its required keys. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/measured.h"

#include <inttypes.h>

void rule_unseen_attribute(struct rule_run *run);

static const char *group_text(struct rule_run *run, const struct key_group *g)
{
	struct strbuf out;
	strbuf_init(&out, run->arena);
	for (size_t i = 0; i < g->nr_keys; i++)
		strbuf_addf(&out, "%s%s", i == 0 ? "" : " or ", g->keys[i]);
	return strbuf_str(&out);
}

/* The one span of the path, when no other place starts spans of its name. */
static const struct measured_site *path_site(const struct measured *m, const struct critical *c)
{
	const struct func *f = c->func;
	if (!f || c->path.on_current || f->nr_sites != 1)
		return NULL;
	const struct measured_site *s = measured_site_of(m, f, &f->sites[0]);
	return s && s->one && s->nr_places == 1 ? s : NULL;
}

static void check_one(struct rule_run *run, const struct measured *m, size_t question)
{
	const struct measured_question *q = &m->questions.at[question];
	const struct measured_site *s = path_site(m, q->critical);
	if (!s || !s->one->nr_lacking[question])
		return;
	uint64_t nr = s->one->nr - s->one->nr_errors;
	const char *keys = group_text(run, q->group);
	tell(run, s->func, &s->func->ir->ops[s->site->op].loc,
		tell_text(run, "%s:%s", q->critical->path.name, q->group->text),
		tell_text(run,
			"%" PRIu64 " of %" PRIu64 " spans of critical path \"%s\" came without %s",
			s->one->nr_lacking[question], nr, q->critical->path.name, keys),
		tell_text(run,
			"these traces cannot be searched or grouped by %s: you see that it "
			"happened, not whom it hit",
			keys),
		"set the attribute right after the span starts; if the program does, look for what "
		"takes it away: a processor, a limit, an older version that still runs",
		NULL);
}

void rule_unseen_attribute(struct rule_run *run)
{
	const struct measured *m = measured_of(run->program);
	for (size_t i = 0; m && i < m->questions.nr; i++)
		check_one(run, m, i);
}
