/* Configuration asks for a key that no code sets. */
#include "base/str.h"
#include "engine/keys.h"
#include "engine/tell_config.h"

#include <string.h>

struct keys {
	const struct rule_run *run;
	const struct pipeline *pipeline;
	const char **all;
	size_t nr;
	bool has_open; /* a key made at run time: it may be any */
};

static void collect(struct keys *k)
{
	const struct attribute_sites *sites = attribute_sites_of(k->run->program);
	k->all = arena_array(k->run->scratch, const char *, sites->all.nr);
	for (size_t i = 0; i < sites->all.nr; i++) {
		if (sites->all.at[i].key)
			k->all[k->nr++] = sites->all.at[i].key;
		else
			k->has_open = true;
	}
}

/* Keys of the conventions are set by instrumentation, resource detectors and processors as well. */
static bool is_of_others(const struct keys *k, const char *key)
{
	const struct registry *r = k->run->program->registry;
	return (r && (registry_find(r, key) || registry_namespace(r, key))) || !strchr(key, '.');
}

static void check_key(const struct keys *k, const struct yaml *at, const char *who)
{
	const char *key = yaml_text(at);
	if (!key)
		return;
	for (size_t i = 0; i < k->nr; i++)
		if (str_eq(k->all[i], key))
			return;
	const char *near = str_nearest(key, k->all, k->nr);
	if (is_of_others(k, key) || (k->has_open && !near))
		return;
	remark(k->run,
		&(struct remark){.at = at,
			.pipeline = k->pipeline,
			.subject = key,
			.message = near ? tell_text(k->run,
						  "%s asks for %s, which no code sets; did you "
						  "mean %s?",
						  who, key, near)
					: tell_text(k->run, "%s asks for %s, which no code sets",
						  who, key),
			.why = "it never matches: what was to be kept for it is thrown away with "
			       "the rest",
			.fix = near ? tell_text(k->run, "write %s", near)
				    : "set the attribute where the span is made, or remove the "
				      "policy",
			.patch = near ? replace_scalar(k->run, at, near, "the key that code sets")
				      : NULL});
}

static void see_policy(void *ctx, const struct yaml *policy, unsigned depth)
{
	const struct keys *k = ctx;
	const struct yaml *key = yaml_get(yaml_get(policy, policy_type(policy)), "key");
	(void)depth;
	if (key && !str_eq(policy_type(policy), "trace_state"))
		check_key(k, key, tell_text(k->run, "policy \"%s\"", policy_name(policy)));
}

/* The critical path that cannot do without the key, or NULL. */
static const struct critical_path *path_of(const struct program *p, const char *key)
{
	for (size_t i = 0; i < p->criticals.nr; i++) {
		const struct critical_path *path = &p->criticals.at[i].path;
		for (size_t g = 0; g < path->nr_groups; g++) {
			const struct key_group *group = &path->groups[g];
			/* of several keys another one may be left */
			if (!group->is_optional && group->nr_keys == 1 &&
				str_eq(group->keys[0], key))
				return path;
		}
	}
	return NULL;
}

/* An attributes processor that takes away what the code is made to set. */
static void check_deleted(const struct rule_run *run)
{
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	while ((u = next_use(run, "attributes", &at, &p, &number))) {
		const struct yaml *actions = yaml_get(u->component->config, "actions");
		if (yaml_get(u->component->config, "include") ||
			yaml_get(u->component->config, "exclude"))
			continue; /* it may leave the path's spans alone */
		for (size_t i = 0; actions && actions->kind == YAML_LIST && i < actions->nr; i++) {
			const struct yaml *key = yaml_get(actions->items[i], "key");
			const char *name = yaml_text(key);
			const char *action = yaml_text(yaml_get(actions->items[i], "action"));
			const struct critical_path *path = name && str_eq(action, "delete")
								   ? path_of(run->program, name)
								   : NULL;
			if (!path)
				continue;
			remark(run, &(struct remark){.at = key,
					    .pipeline = p,
					    .subject = name,
					    .message = tell_text(run,
						    "%s deletes %s, which critical path \"%s\" "
						    "requires",
						    u->id, name, path->name),
					    .why = "the code is held to setting it, and no stored "
						   "span has it",
					    .fix = "keep it, or take it out of the critical path's "
						   "attributes"});
		}
	}
}

void rule_policy_key_never_set(struct rule_run *run);
void rule_policy_key_never_set(struct rule_run *run)
{
	struct keys k = {.run = run};
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	if (!run->program->units.nr)
		return;
	check_deleted(run);
	collect(&k);
	if (!k.nr)
		return;
	while ((u = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct yaml *list = yaml_get(u->component->config, "policies");
		k.pipeline = p;
		for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++)
			policy_walk(list->items[i], see_policy, &k);
	}
	for (size_t i = 0; i < run->program->system->collectors.nr; i++) {
		const struct collector *c = run->program->system->collectors.at[i];
		for (size_t n = 0; n < c->components.nr; n++) {
			const struct component *one = c->components.at[n];
			const struct yaml *list = yaml_get(one->config, "dimensions");
			k.pipeline = NULL;
			for (size_t d = 0; str_eq(one->type, "span_metrics") && list &&
					   list->kind == YAML_LIST && d < list->nr;
				d++)
				check_key(&k, yaml_get(list->items[d], "name"),
					tell_text(run, "a dimension of %s", one->id));
		}
	}
}
