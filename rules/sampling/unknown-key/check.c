/* A key or value that a component does not know. */
#include "base/str.h"
#include "engine/tell_config.h"
#include "pipeline/schema.h"

#include <string.h>

struct check {
	const struct rule_run *run;
	const struct collector *collector;
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

/* ---- values ---- */

/* `is_closed`: a value is wrong even when none is near. */
static void check_value(
	const struct check *c, const struct yaml *at, const char *key, bool is_closed)
{
	const char *const *values;
	const char *text = yaml_text(at);
	size_t nr = schema_values(c->run->scratch, c->table, c->component, key, &values);
	if (!nr || !text || !text[0] || at->is_open)
		return;
	for (size_t i = 0; i < nr; i++)
		if (str_eq(values[i], text))
			return;
	const char *near = str_nearest(text, values, nr);
	if (!near && !is_closed)
		return;
	near = near ? arena_strdup(c->run->arena, near) : NULL;
	const char *what =
		tell_text(c->run, "%s %s", component_kinds[c->component->kind], c->component->type);
	remark(c->run,
		&(struct remark){.at = at,
			.subject = tell_text(c->run, "%s.%s", c->component->id, key),
			.message =
				near ? tell_text(c->run,
					       "%s knows no %s \"%s\"; did you mean \"%s\"?", what,
					       key, text, near)
				     : tell_text(c->run, "%s knows no %s \"%s\"", what, key, text),
			.why = tell_text(c->run, "a Collector of version %s does not start with it",
				schema_version(c->table)),
			.fix = near ? tell_text(c->run, "write %s", near)
				    : tell_text(c->run, "one of the %zu that it knows, as %s", nr,
					      values[0]),
			.patch = near ? replace_scalar(c->run, at, near, "the value that is known")
				      : NULL});
}

/* A type that is none of the processor's own is looked for among the extensions. */
static void check_policy(void *ctx, const struct yaml *policy, unsigned depth)
{
	const struct check *c = ctx;
	const char *type = policy_type(policy);
	size_t n = strcspn(type, "/");
	(void)depth;
	if (type[n])
		return;
	for (size_t i = 0; i < c->collector->components.nr; i++) {
		const struct component *other = c->collector->components.at[i];
		if (other->kind == COMPONENT_EXTENSION && str_eq(other->written, type))
			return;
	}
	check_value(c, yaml_get(policy, "type"), "type", false);
}

/* In pipelines of traces load_balancing knows fewer keys than in others: only what none knows is
 * said here. */
static void check_values(struct check *c)
{
	const struct component *k = c->component;
	if (k->kind == COMPONENT_EXPORTER && str_eq(k->type, "load_balancing"))
		check_value(c, yaml_get(k->config, "routing_key"), "routing_key", true);
	if (k->kind != COMPONENT_PROCESSOR)
		return;
	if (str_eq(k->type, "probabilistic_sampler"))
		check_value(c, yaml_get(k->config, "mode"), "mode", true);
	const struct yaml *policies = yaml_get(k->config, "policies");
	if (!str_eq(k->type, "tail_sampling") || !policies || policies->kind != YAML_LIST)
		return;
	for (size_t i = 0; i < policies->nr; i++)
		policy_walk(policies->items[i], check_policy, c);
}

void rule_unknown_key(struct rule_run *run);
void rule_unknown_key(struct rule_run *run)
{
	const struct system *s = run->program->system;
	const struct json *table = schema_read(run->scratch);
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			struct check c = {run, s->collectors.at[i],
				s->collectors.at[i]->components.at[k], table};
			schema_check(run->scratch, schema_of(table, c.component),
				c.component->config, see, &c);
			check_values(&c);
		}
	}
}
