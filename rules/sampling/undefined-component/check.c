/* A pipeline names what nobody defines. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

#define MAX_CANDIDATES 200

static void check_list(const struct rule_run *run, const struct pipeline *p,
	const struct uses *uses, enum component_kind kind)
{
	const struct collector *c = p->collector;
	for (size_t i = 0; i < uses->all.nr; i++) {
		const struct use *u = &uses->all.at[i];
		const char **names = arena_array(run->scratch, const char *, MAX_CANDIDATES);
		size_t nr = 0;
		if (u->component || strchr(u->id, '$'))
			continue;
		for (size_t k = 0; k < c->components.nr && nr < MAX_CANDIDATES; k++)
			if (c->components.at[k]->kind == kind ||
				(c->components.at[k]->kind == COMPONENT_CONNECTOR &&
					kind != COMPONENT_PROCESSOR))
				names[nr++] = c->components.at[k]->id;
		const char *near = str_nearest(u->id, names, nr);
		remark(run,
			&(struct remark){.at = u->at,
				.pipeline = p,
				.subject = u->id,
				.message = near ? tell_text(run,
							  "%s \"%s\" is not defined; did you mean "
							  "\"%s\"?",
							  component_kinds[kind], u->id, near)
						: tell_text(run, "%s \"%s\" is not defined",
							  component_kinds[kind], u->id),
				.why = "the Collector does not start",
				.fix = near ? tell_text(run, "write %s", near)
					    : tell_text(run, "define it under %ss:",
						      component_kinds[kind]),
				.patch = near ? replace_scalar(run, u->at, near,
							"the name that is "
							"defined")
					      : NULL});
	}
}

void rule_undefined_component(struct rule_run *run);
void rule_undefined_component(struct rule_run *run)
{
	for_each_pipeline(run->program->system, c, p)
	{
		if (c->is_partial)
			continue;
		check_list(run, p, &p->receivers, COMPONENT_RECEIVER);
		check_list(run, p, &p->processors, COMPONENT_PROCESSOR);
		check_list(run, p, &p->exporters, COMPONENT_EXPORTER);
	}
}
