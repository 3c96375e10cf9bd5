/* Every span goes to the console as well. */
#include "base/str.h"
#include "engine/tell_config.h"

static bool is_verbose(const struct component *c)
{
	if (str_eq(c->type, "logging"))
		return str_eq(yaml_text(yaml_get(c->config, "verbosity")), "detailed") ||
		       str_eq(yaml_text(yaml_get(c->config, "loglevel")), "debug");
	return str_eq(c->type, "debug") &&
	       str_eq(yaml_text(yaml_get(c->config, "verbosity")), "detailed");
}

void rule_debug_in_production(struct rule_run *run);
void rule_debug_in_production(struct rule_run *run)
{
	for_each_pipeline(run->program->system, c, p)
	{
		const struct use *verbose = NULL, *real = NULL;
		(void)c;
		if (!pipeline_is_traces(p))
			continue;
		for (size_t i = 0; i < p->exporters.all.nr; i++) {
			const struct use *u = &p->exporters.all.at[i];
			if (!u->component || u->component->kind != COMPONENT_EXPORTER)
				continue;
			if (is_verbose(u->component))
				verbose = u;
			else if (!str_eq(u->component->type, "debug") &&
				 !str_eq(u->component->type, "logging"))
				real = u;
		}
		if (!verbose || !real)
			continue;
		remark(run, &(struct remark){.at = verbose->at,
				    .pipeline = p,
				    .subject = tell_text(run, "%s %s", p->id, verbose->id),
				    .message = tell_text(run,
					    "%s writes all of %s to the console, beside %s",
					    verbose->id, p->id, real->id),
				    .why = "each span becomes some thirty lines of log: they cost "
					   "more than the "
					   "spans, and attributes that should not be there are in "
					   "the logs too",
				    .fix = tell_text(run,
					    "remove %s from this pipeline, or set verbosity: "
					    "basic",
					    verbose->id)});
	}
}
