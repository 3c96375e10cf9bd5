/* A component that is defined, and that no pipeline uses. */
#include "base/str.h"
#include "engine/tell_config.h"

static bool has_pipelines(const struct collector *c)
{
	for (size_t i = 0; i < c->pipelines.nr; i++)
		if (c->pipelines.at[i]->receivers.all.nr && c->pipelines.at[i]->exporters.all.nr)
			return true;
	return false;
}

void rule_unused_component(struct rule_run *run);
void rule_unused_component(struct rule_run *run)
{
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		const struct collector *c = s->collectors.at[i];
		for (size_t k = 0; k < c->components.nr && has_pipelines(c) && !c->is_partial;
			k++) {
			const struct component *one = c->components.at[k];
			bool is_extension = one->kind == COMPONENT_EXTENSION;
			/* receivers can be used by others: receiver_creator, and by name */
			if (one->is_used)
				continue;
			remark(run,
				&(struct remark){.at = one->key,
					.subject = one->id,
					.message = tell_text(run, "%s %s is defined and not used",
						component_kinds[one->kind], one->id),
					.why = component_samples(one)
						       ? "nothing is sampled: the Collector does "
							 "not even "
							 "start what no pipeline names"
						       : "the Collector does not start it; whoever "
							 "reads "
							 "this believes that it does",
					.fix = is_extension
						       ? "name it under service: extensions:, or "
							 "remove it"
						       : "name it in a pipeline, or remove it"});
		}
	}
}
