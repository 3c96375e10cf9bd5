/* SPDX-License-Identifier: Apache-2.0 */
/* Samplers of a declarative configuration. */
#ifdef CTEL_HAS_FYAML

#include <stdlib.h>

#include "declarative.h"

static ctel_composable *composable(struct yaml_node n, int depth);

/* Samplers are kept for ever: an alias that comes back to itself must not make more and more. */
bool declarative_is_too_deep(struct yaml_node n, int depth)
{
	if (depth < MAX_DEPTH && n.yaml->nr_errors < 100)
		return false;
	yaml_error(n, "components within components, more than %d deep", MAX_DEPTH);
	return true;
}

static double ratio_of(struct yaml_node n)
{
	double ratio = 1;
	yaml_keys(n, "ratio");
	yaml_double(yaml_get(n, "ratio"), 0, 1, &ratio);
	return ratio;
}

static ctel_sampler *optional(struct yaml_node map, const char *key, int depth)
{
	struct yaml_node n = yaml_get(map, key);
	return yaml_is_null(n) ? NULL : declarative_sampler(n, depth + 1);
}

static ctel_sampler *parent_based(struct yaml_node n, int depth)
{
	yaml_keys(n, "root remote_parent_sampled remote_parent_not_sampled local_parent_sampled "
		     "local_parent_not_sampled");
	ctel_parent_based all = {
		.root = optional(n, "root", depth),
		.remote_sampled = optional(n, "remote_parent_sampled", depth),
		.remote_not_sampled = optional(n, "remote_parent_not_sampled", depth),
		.local_sampled = optional(n, "local_parent_sampled", depth),
		.local_not_sampled = optional(n, "local_parent_not_sampled", depth),
	};
	return n.yaml->nr_errors ? NULL : ctel_sampler_parent_based(&all);
}

static ctel_sampler *always_record(struct yaml_node n, int depth)
{
	yaml_keys(n, "root");
	struct yaml_node root = yaml_get(n, "root");
	if (yaml_is_null(root)) {
		yaml_error(n, "\"root\" is missing");
		return NULL;
	}
	return ctel_sampler_always_record(declarative_sampler(root, depth + 1));
}

static ctel_sampler *own_sampler(const char *name, struct yaml_node n, int depth)
{
	ctel_sampler *made = NULL;
	const ctel_properties *p = declarative_properties(n, depth);
	if (p && !component_sampler((struct slice){name, strlen(name)}, p, &made))
		yaml_error(n, "no such sampler here; known are: " KNOWN_SAMPLERS
			      " and those that the program registers");
	else if (!made && !n.yaml->nr_errors)
		yaml_error(n, "cannot be made");
	return made;
}

ctel_sampler *declarative_sampler(struct yaml_node n, int depth)
{
	const char *key;
	struct yaml_node value;
	if (declarative_is_too_deep(n, depth) || !yaml_choice(n, &key, &value))
		return NULL;
	if (!strcmp(key, "always_on"))
		return yaml_keys(value, "") ? ctel_sampler_always_on() : NULL;
	if (!strcmp(key, "always_off"))
		return yaml_keys(value, "") ? ctel_sampler_always_off() : NULL;
	if (!strcmp(key, "always_record"))
		return always_record(value, depth);
	if (!strcmp(key, "trace_id_ratio_based"))
		return ctel_sampler_trace_id_ratio(ratio_of(value));
	if (!strcmp(key, "probability/development"))
		return ctel_sampler_probability(ratio_of(value));
	if (!strcmp(key, "parent_based"))
		return parent_based(value, depth);
	if (!strcmp(key, "composite/development"))
		return ctel_sampler_composite(composable(value, depth + 1));
	return own_sampler(key, value, depth);
}

/* ---- Composable ones ------------------------------------------------------------------------ */

static const char *const *strings(struct yaml_node list, size_t *nr)
{
	*nr = yaml_count(list);
	const char **out = *nr ? yaml_alloc(list.yaml, *nr * sizeof(*out)) : NULL;
	for (size_t i = 0; out && i < *nr; i++)
		if (!yaml_string(yaml_item(list, i), &out[i])) {
			yaml_error(list, "an item is empty");
			out[i] = "";
		}
	return out;
}

/* The position of each word in a list of words, as bits. */
static unsigned bits(struct yaml_node list, const char *const *words)
{
	unsigned out = 0;
	for (size_t i = 0; i < yaml_count(list); i++) {
		const char *word = "";
		unsigned k = 0;
		yaml_string(yaml_item(list, i), &word);
		while (words[k] && strcmp(words[k], word) != 0)
			k++;
		if (words[k])
			out |= 1u << k;
		else
			yaml_error(yaml_item(list, i), "\"%s\" is not known here", word);
	}
	return out;
}

static void attribute_condition(struct yaml_node values, struct yaml_node patterns, ctel_rule *rule)
{
	struct yaml_node n = yaml_is_null(values) ? patterns : values;
	if (yaml_is_null(n))
		return;
	if (!yaml_string(yaml_get(n, "key"), &rule->key))
		yaml_error(n, "\"key\" is missing");
	if (!yaml_is_null(values)) {
		yaml_keys(values, "key values");
		rule->values = strings(yaml_get(values, "values"), &rule->nr_values);
	}
	if (yaml_is_null(patterns))
		return;
	yaml_keys(patterns, "key included excluded");
	const char *key = "";
	yaml_string(yaml_get(patterns, "key"), &key);
	if (rule->key && strcmp(key, rule->key) != 0)
		yaml_error(patterns, "another key than in attribute_values: make it two rules");
	rule->patterns = strings(yaml_get(patterns, "included"), &rule->nr_patterns);
	rule->excluded_patterns =
		strings(yaml_get(patterns, "excluded"), &rule->nr_excluded_patterns);
}

static ctel_composable *rule_based(struct yaml_node n, int depth)
{
	static const char *const kinds[] = {
		"internal", "server", "client", "producer", "consumer", NULL};
	static const char *const parents[] = {"none", "remote", "local", NULL};
	struct yaml_node list = yaml_get(n, "rules");
	yaml_keys(n, "rules");
	size_t nr = yaml_count(list);
	ctel_rule *rules = yaml_alloc(n.yaml, (nr + 1) * sizeof(*rules));
	for (size_t i = 0; rules && i < nr; i++) {
		struct yaml_node r = yaml_item(list, i);
		yaml_keys(r, "attribute_values attribute_patterns span_kinds parent sampler");
		attribute_condition(yaml_get(r, "attribute_values"),
			yaml_get(r, "attribute_patterns"), &rules[i]);
		rules[i].kinds = bits(yaml_get(r, "span_kinds"), kinds);
		rules[i].parents = bits(yaml_get(r, "parent"), parents);
		if (yaml_is_null(yaml_get(r, "sampler")))
			yaml_error(r, "\"sampler\" is missing");
		else
			rules[i].sampler = composable(yaml_get(r, "sampler"), depth + 1);
	}
	return n.yaml->nr_errors ? NULL : ctel_composable_rule_based(rules, nr);
}

static ctel_composable *composable(struct yaml_node n, int depth)
{
	const char *key;
	struct yaml_node value;
	if (declarative_is_too_deep(n, depth) || !yaml_choice(n, &key, &value))
		return NULL;
	if (!strcmp(key, "always_on"))
		return yaml_keys(value, "") ? ctel_composable_always_on() : NULL;
	if (!strcmp(key, "always_off"))
		return yaml_keys(value, "") ? ctel_composable_always_off() : NULL;
	if (!strcmp(key, "probability"))
		return ctel_composable_probability(ratio_of(value));
	if (!strcmp(key, "rule_based"))
		return rule_based(value, depth);
	if (!strcmp(key, "parent_threshold")) {
		yaml_keys(value, "root");
		struct yaml_node root = yaml_get(value, "root");
		if (!yaml_is_null(root))
			return ctel_composable_parent_threshold(composable(root, depth + 1));
		yaml_error(value, "\"root\" is missing");
		return NULL;
	}
	yaml_error(value, "no such sampler here; known are: always_on always_off probability "
			  "parent_threshold rule_based");
	return NULL;
}

#else
typedef int declarative_sampler_is_not_there;
#endif
