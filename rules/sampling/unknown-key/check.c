/* A key that a component does not know. */
#include "base/str.h"
#include "engine/tell_config.h"
#include "pipeline/schema.h"

struct check {
	const struct rule_run *run;
	const struct component *component;
	const struct json *table;
};

static void see(void *ctx, const struct yaml *key, const char *const *known, size_t nr)
{
	const struct check *c = ctx;
	const char *near = str_nearest(key->text, known, nr);
	near = near ? arena_strdup(c->run->arena, near)
		    : NULL; /* the table goes with the scratch */
	const char *what =
		tell_text(c->run, "%s %s", component_kinds[c->component->kind], c->component->type);
	if (key->is_open)
		return;
	remark(c->run,
		&(struct remark){.at = key,
			.subject = tell_text(c->run, "%s.%s", c->component->id, key->text),
			.message =
				near ? tell_text(c->run,
					       "%s has no key \"%s\" there; did you mean \"%s\"?",
					       what, key->text, near)
				     : tell_text(c->run, "%s has no key \"%s\" there", what,
					       key->text),
			.why = tell_text(c->run, "a Collector of version %s does not start with it",
				schema_version(c->table)),
			.fix = near ? tell_text(c->run, "write %s", near)
				    : "remove it, or move it to where it belongs",
			.patch = near ? replace_scalar(c->run, key, near, "the key that is known")
				      : NULL});
}

void rule_unknown_key(struct rule_run *run);
void rule_unknown_key(struct rule_run *run)
{
	const struct system *s = run->program->system;
	const struct json *table = schema_read(run->scratch);
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			struct check c = {run, s->collectors.at[i]->components.at[k], table};
			schema_check(run->scratch, schema_of(table, c.component),
				c.component->config, see, &c);
		}
	}
}
