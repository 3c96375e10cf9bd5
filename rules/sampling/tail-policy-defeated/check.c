/* A policy of tail_sampling that another one, or its own spelling, makes useless. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

struct check {
	const struct rule_run *run;
	const struct pipeline *pipeline;
	const struct use *tail;
	const struct yaml *policies;
	size_t number; /* of the processor in its pipeline */
};

static void tell_policy(const struct check *c, const struct yaml *policy, const struct yaml *at,
	const char *message, const char *why, const char *fix)
{
	struct remark r = {.at = at ? at : policy,
		.pipeline = c->pipeline,
		.subject = policy_name(policy),
		.message = message,
		.why = why,
		.fix = fix};
	remark(c->run, &r);
}

/* ---- one that keeps all of it ---- */

static bool number_of(const struct yaml *policy, const char *key, double *out)
{
	return yaml_number(yaml_get(yaml_get(policy, policy_type(policy)), key), out);
}

/* What makes the policy keep (nearly) every trace; NULL: it does not. */
static const char *keeps_all(const struct yaml *policy)
{
	const char *type = policy_type(policy);
	const struct yaml *block = yaml_get(policy, type);
	double x = 0;
	if (str_eq(type, "always_sample"))
		return "keeps every trace";
	if (str_eq(type, "probabilistic") && number_of(policy, "sampling_percentage", &x) &&
		x >= 100)
		return "keeps every trace";
	if (str_eq(type, "latency") && block && !yaml_get(block, "upper_threshold_ms") &&
		(!yaml_get(block, "threshold_ms") ||
			(number_of(policy, "threshold_ms", &x) && x <= 0)))
		return "has no threshold and keeps every trace of a millisecond or more";
	if (str_eq(type, "span_count") && block && !yaml_get(block, "max_spans") &&
		(!yaml_get(block, "min_spans") || (number_of(policy, "min_spans", &x) && x <= 1)))
		return "keeps every trace: each has a span";
	if (block && yaml_bool(yaml_get(block, "invert_match"), false))
		return "keeps every trace that does not match";
	if (str_eq(type, "not"))
		return "keeps every trace that does not match";
	return NULL;
}

static void check_all(const struct check *c, const struct yaml *policy, size_t nr_others)
{
	const char *what = keeps_all(policy);
	bool is_opposite = what && strstr(what, "not match");
	if (!what || !nr_others)
		return;
	tell_policy(c, policy, NULL,
		tell_text(c->run, "policy \"%s\" %s, so %s nothing", policy_name(policy), what,
			nr_others == 1 ? "the other one decides"
				       : tell_text(c->run, "the other %zu decide", nr_others)),
		"policies are joined by \"or\": a trace is kept as soon as one of them keeps it",
		is_opposite ? "to leave traces out, make it a drop policy with the match itself"
			    : "remove it, or give it a share");
}

/* ---- shares ---- */

static bool share_of(const struct yaml *policy, double *percent, const char **salt)
{
	*salt = yaml_text(yaml_at(policy, "probabilistic", "hash_salt", NULL));
	if (!*salt)
		*salt = "";
	return str_eq(policy_type(policy), "probabilistic") &&
	       number_of(policy, "sampling_percentage", percent);
}

static void check_share(const struct check *c, const struct yaml *policy)
{
	double percent = 0;
	const struct yaml *block = yaml_get(policy, "probabilistic");
	const struct yaml *at = yaml_get(block, "sampling_percentage");
	if (!str_eq(policy_type(policy), "probabilistic") || !block)
		return;
	if (!at)
		tell_policy(c, policy, NULL,
			tell_text(c->run,
				"policy \"%s\" has no sampling_percentage and keeps nothing",
				policy_name(policy)),
			"the default is 0", "add sampling_percentage: with the share to keep");
	else if (yaml_number(at, &percent) && percent > 100)
		tell_policy(c, policy, at,
			tell_text(c->run, "policy \"%s\" keeps %g %%: there is no more than 100",
				policy_name(policy), percent),
			"it keeps every trace", "write the share that is meant");
	else if (yaml_number(at, &percent) && percent <= 0)
		tell_policy(c, policy, at,
			tell_text(c->run, "policy \"%s\" keeps 0 %%, nothing at all",
				policy_name(policy)),
			"policies only add to what is kept: one of 0 % takes nothing away",
			"remove it, or make it a drop policy when the traces are to go");
}

/* Each is compared with each. */
#define MAX_COMPARED 1000

/* Two shares by the same hash are the same traces: the smaller one adds nothing. */
static void check_nested(const struct check *c, const struct yaml *policy)
{
	double percent, other_percent;
	const char *salt, *other_salt;
	if (c->policies->nr > MAX_COMPARED || !share_of(policy, &percent, &salt))
		return;
	for (size_t i = 0; i < c->policies->nr; i++) {
		const struct yaml *other = c->policies->items[i];
		if (other == policy || !share_of(other, &other_percent, &other_salt) ||
			!str_eq(salt, other_salt) || other_percent < percent ||
			(other_percent == percent && other > policy) || other_percent >= 100)
			continue;
		tell_policy(c, policy, NULL,
			tell_text(c->run,
				"policy \"%s\" (%g %%) adds nothing to \"%s\" (%g %%): they choose "
				"the same traces",
				policy_name(policy), percent, policy_name(other), other_percent),
			"both hash the trace's id with the same salt",
			"remove the smaller one, or put each into an and policy with what it is "
			"for");
		return;
	}
}

/* ---- spelling ---- */

static void check_block(void *ctx, const struct yaml *policy, unsigned depth)
{
	static const char *const types[] = {"latency", "numeric_attribute", "probabilistic",
		"status_code", "string_attribute", "rate_limiting", "bytes_limiting", "span_count",
		"trace_state", "boolean_attribute", "ottl_condition", "and", "not", "drop",
		"composite"};
	const struct check *c = ctx;
	const char *type = policy_type(policy);
	bool is_known = false;
	(void)depth;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		is_known |= str_eq(type, types[i]);
	if (!is_known || yaml_pair(policy, type))
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const struct yaml_pair *other = yaml_pair(policy, types[i]);
		if (!other)
			continue;
		tell_policy(c, policy, other->key,
			tell_text(c->run,
				"policy \"%s\" is of type %s, and its settings are for %s",
				policy_name(policy), type, types[i]),
			tell_text(c->run, "%s is not read; %s has only defaults", types[i], type),
			tell_text(c->run, "rename the block to %s, or the type to %s", type,
				types[i]));
		return;
	}
}

/* ---- composite ---- */

static const struct yaml *sub_named(const struct yaml *list, const char *name)
{
	for (size_t i = 0; list && i < list->nr; i++)
		if (str_eq(policy_name(list->items[i]), name))
			return list->items[i];
	return NULL;
}

static void check_rates(const struct check *c, const struct yaml *policy, const struct yaml *list)
{
	const struct yaml_pair *rates = yaml_pair(yaml_get(policy, "composite"), "rate_allocation");
	double sum = 0, percent;
	size_t nr_rated = 0;
	if (!rates || rates->value->kind != YAML_LIST || !rates->value->nr)
		return;
	for (size_t i = 0; i < rates->value->nr; i++) {
		const struct yaml *rate = rates->value->items[i];
		const struct yaml *of = yaml_get(rate, "policy");
		if (yaml_number(yaml_get(rate, "percent"), &percent))
			sum += percent;
		if (!yaml_text(of) || sub_named(list, yaml_text(of))) {
			nr_rated++;
			continue;
		}
		tell_policy(c, policy, of,
			tell_text(c->run,
				"rate_allocation is for \"%s\", and no sub-policy has "
				"that name",
				yaml_text(of)),
			"the sub-policy that is meant gets an equal share in place of this one",
			"write the name as it is in composite_sub_policy");
	}
	for (size_t i = 0; i < list->nr && nr_rated; i++) {
		const char *name = policy_name(list->items[i]);
		bool is_rated = false;
		for (size_t k = 0; k < rates->value->nr; k++) {
			const char *of = yaml_text(yaml_get(rates->value->items[k], "policy"));
			is_rated |= !of || str_eq(of, name);
		}
		if (is_rated)
			continue;
		double share = 100.0 / (double)list->nr;
		sum += share;
		tell_policy(c, list->items[i], NULL,
			tell_text(c->run,
				"sub-policy \"%s\" has no rate_allocation and takes %g %% besides "
				"what is allotted",
				name, share),
			"what is not listed gets an equal share; processors of before could give "
			"it nothing",
			"list it under rate_allocation");
	}
	if (sum > 100.5)
		tell_policy(c, policy, rates->key,
			tell_text(c->run, "the rates of \"%s\" come to %g %%", policy_name(policy),
				sum),
			"each sub-policy is held to its own share alone, so more passes than "
			"max_total_spans_per_second",
			"let them come to 100 %");
}

static void check_order(const struct check *c, const struct yaml *policy, const struct yaml *list)
{
	const struct yaml_pair *order = yaml_pair(yaml_get(policy, "composite"), "policy_order");
	if (!order || order->value->kind != YAML_LIST)
		return;
	for (size_t i = 0; i < order->value->nr && i < list->nr; i++) {
		const char *name = yaml_text(order->value->items[i]);
		if (!name || str_eq(name, policy_name(list->items[i])))
			continue;
		tell_policy(c, policy, order->key,
			tell_text(c->run,
				"policy_order of \"%s\" is not the order in which its sub-policies "
				"are "
				"listed, and the list is what counts",
				policy_name(policy)),
			"the processor does not read policy_order: the first sub-policy of the "
			"list "
			"that matches takes the trace and its rate",
			"list the sub-policies in the order that is meant");
		return;
	}
}

/* A sub-policy that takes every trace leaves nothing to those listed after it, not even what is
 * over its own rate: the first that matches decides (internal/sampling/composite.go). */
static void check_unreached(
	const struct check *c, const struct yaml *policy, const struct yaml *list)
{
	for (size_t i = 0; i + 1 < list->nr; i++) {
		const char *what = keeps_all(list->items[i]);
		if (!what || !str_eq(what, "keeps every trace"))
			continue;
		tell_policy(c, policy, list->items[i + 1],
			tell_text(c->run,
				"sub-policy \"%s\" is never asked: \"%s\" before it takes every "
				"trace",
				policy_name(list->items[i + 1]), policy_name(list->items[i])),
			"the first sub-policy that matches decides; over its rate the trace is "
			"thrown away, and no other one is asked",
			"list the one that takes every trace last");
		return;
	}
}

static void check_composite(const struct check *c, const struct yaml *policy)
{
	const struct yaml *list = policy_list(policy);
	if (!str_eq(policy_type(policy), "composite") || !list || list->kind != YAML_LIST ||
		list->nr > MAX_COMPARED)
		return;
	check_rates(c, policy, list);
	check_order(c, policy, list);
	check_unreached(c, policy, list);
}

/* ---- limits ---- */

static bool is_limit(const struct yaml *policy)
{
	return str_eq(policy_type(policy), "rate_limiting") ||
	       str_eq(policy_type(policy), "bytes_limiting");
}

/* Does it leave some traces out by what is in them? */
static bool is_choice(const struct yaml *policy)
{
	static const char *const types[] = {"status_code", "latency", "string_attribute",
		"numeric_attribute", "boolean_attribute", "ottl_condition"};
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq(policy_type(policy), types[i]))
			return true;
	return false;
}

static struct traffic traffic_of_one(const struct check *c)
{
	struct traffic t = c->run->program->system->traffic;
	if (c->pipeline->collector->replicas > 1)
		t.traces_per_second /= c->pipeline->collector->replicas;
	return t;
}

static const struct shares everything = {{{1, 1}, {1, 1}, {1, 1}}};

/* At the stated rate, does all that arrives fit into this limit? */
static bool has_room(const struct check *c, const struct yaml *limit)
{
	struct traffic t = traffic_of_one(c);
	return t.traces_per_second > 0 &&
	       policy_shares(limit, &everything, &t).of[CLASS_ROUTINE].low >= 1;
}

/* Sub-policies of an "and" are asked in the order of the list, and a limit takes its tokens when it
 * is asked (internal/sampling/and.go, rate_limiting.go). */
static void check_limit_first(void *ctx, const struct yaml *policy, unsigned depth)
{
	const struct check *c = ctx;
	const struct yaml *list = policy_list(policy);
	(void)depth;
	if (!str_eq(policy_type(policy), "and") || !list || list->kind != YAML_LIST)
		return;
	for (size_t i = 0; i + 1 < list->nr && !is_choice(list->items[i]); i++) {
		size_t k = i + 1;
		while (k < list->nr && !is_choice(list->items[k]))
			k++;
		if (!is_limit(list->items[i]) || k == list->nr || has_room(c, list->items[i]))
			continue;
		tell_policy(c, policy, list->items[i],
			tell_text(c->run,
				"%s stands before %s in \"%s\", so traces that %s leaves out use "
				"the limit up",
				policy_type(list->items[i]), policy_type(list->items[k]),
				policy_name(policy), policy_type(list->items[k])),
			"sub-policies are asked in the order of the list, and a limit counts each "
			"trace that it is asked about",
			tell_text(c->run, "list %s first and the limit last",
				policy_type(list->items[k])));
		return;
	}
}

#define MAX_LIMITED 100

struct limits {
	bool has_limit, has_errors;
};

static void see_limits(void *ctx, const struct yaml *policy, unsigned depth)
{
	struct limits *l = ctx;
	const struct yaml *codes = yaml_at(policy, "status_code", "status_codes", NULL);
	(void)depth;
	l->has_limit |= is_limit(policy) || str_eq(policy_type(policy), "composite");
	for (size_t i = 0; codes && codes->kind == YAML_LIST && i < codes->nr; i++)
		l->has_errors |= str_eq(policy_type(policy), "status_code") &&
				 str_eq(yaml_text(codes->items[i]), "ERROR");
}

/* The policy that is there for errors throws some away, and no other one keeps them: said when the
 * stated rate shows it, since a limit that is never reached limits nothing. */
static void check_limited_errors(const struct check *c, const struct yaml *policy)
{
	struct limits l = {0};
	struct traffic t = traffic_of_one(c);
	const struct yaml *config = c->tail->component->config;
	if (!str_eq(policy_type(policy), "and") && !str_eq(policy_type(policy), "composite"))
		return;
	/* each asks what all of them keep */
	if (c->policies->nr > MAX_LIMITED)
		return;
	policy_walk(policy, see_limits, &l);
	if (!l.has_limit || !l.has_errors || t.traces_per_second <= 0)
		return;
	struct shares in = c->number ? c->pipeline->after[c->number - 1] : c->pipeline->in;
	struct share own = policy_shares(policy, &in, &t).of[CLASS_ERRORS];
	struct share all = tail_shares(c->run->scratch, config, &in, &t).of[CLASS_ERRORS];
	struct share arriving = in.of[CLASS_ERRORS];
	if (arriving.low < arriving.high || own.low < own.high || arriving.low <= 0 ||
		all.high >= arriving.low * 0.995)
		return;
	struct share kept = {own.low / arriving.low, own.high / arriving.low};
	tell_policy(c, policy, NULL,
		tell_text(c->run,
			"the limit of policy \"%s\" leaves %s of the errors, at %g traces a second "
			"of %g spans of which %g %% have one",
			policy_name(policy), share_text(c->run, kept), t.traces_per_second,
			t.spans_per_trace, t.share[CLASS_ERRORS] * 100),
		"what is over the limit is thrown away, whatever is in it, and no other policy "
		"keeps errors",
		"raise the limit, or keep errors by a policy of their own, without one");
}

void rule_tail_policy_defeated(struct rule_run *run);
void rule_tail_policy_defeated(struct rule_run *run)
{
	size_t at = 0;
	struct check c = {.run = run};
	struct pipeline *p;
	while ((c.tail = next_use(run, "tail_sampling", &at, &p, &c.number))) {
		const struct yaml *list = yaml_get(c.tail->component->config, "policies");
		size_t nr = 0;
		if (!list || list->kind != YAML_LIST)
			continue;
		c.pipeline = p;
		c.policies = list;
		for (size_t i = 0; i < list->nr; i++)
			nr += !str_eq(policy_type(list->items[i]), "drop");
		for (size_t i = 0; i < list->nr; i++) {
			policy_walk(list->items[i], check_block, &c);
			policy_walk(list->items[i], check_limit_first, &c);
			check_limited_errors(&c, list->items[i]);
			check_share(&c, list->items[i]);
			check_nested(&c, list->items[i]);
			check_composite(&c, list->items[i]);
			if (!str_eq(policy_type(list->items[i]), "drop"))
				check_all(&c, list->items[i], nr - 1);
		}
	}
}
