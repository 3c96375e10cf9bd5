/* Evaluates the policies of a tail_sampling processor on classes of traces. */
#include "pipeline/tail.h"

#include "base/str.h"

#include <string.h>

/* What one policy does with the traces of a class that reach it. */
struct verdict {
	struct share keep, drop;
	const char *salt; /* of a probabilistic policy, or NULL */
};

#define MAX_NESTED      3
#define MAX_SUBPOLICIES 1000

struct evaluation {
	unsigned depth; /* of policies in policies; the processor takes no more than two */
	const struct traffic *traffic;
	double in[NR_CLASSES]; /* the share of each class that reaches the policy, at most */
};

static struct share exactly(double x)
{
	return (struct share){x, x};
}

static const struct share anything = {0, 1};

static double bounded(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

const char *policy_type(const struct yaml *policy)
{
	const char *type = yaml_text(yaml_get(policy, "type"));
	return type ? type : "";
}

const char *policy_name(const struct yaml *policy)
{
	const char *name = yaml_text(yaml_get(policy, "name"));
	return name ? name : policy_type(policy);
}

const struct yaml *policy_list(const struct yaml *policy)
{
	static const char *const of[][2] = {{"and", "and_sub_policy"}, {"drop", "drop_sub_policy"},
		{"composite", "composite_sub_policy"}};
	const char *type = policy_type(policy);
	for (size_t i = 0; i < 3; i++)
		if (str_eq(type, of[i][0]))
			return yaml_at(policy, of[i][0], of[i][1], NULL);
	return yaml_get(policy, "policies");
}

static void walk(const struct yaml *policy,
	void (*see)(void *ctx, const struct yaml *policy, unsigned depth), void *ctx,
	unsigned depth)
{
	const struct yaml *list = policy_list(policy);
	if (depth > 8)
		return;
	see(ctx, policy, depth);
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++)
		walk(list->items[i], see, ctx, depth + 1);
	const struct yaml *not = yaml_at(policy, "not", "not_sub_policy", NULL);
	if (not&&str_eq(policy_type(policy), "not"))
		walk(not, see, ctx, depth + 1);
}

void policy_walk(const struct yaml *policy,
	void (*see)(void *ctx, const struct yaml *policy, unsigned depth), void *ctx)
{
	walk(policy, see, ctx, 0);
}

/* ---- single policies ---- */

static struct share probabilistic(const struct yaml *policy)
{
	double percent = 0;
	const struct yaml *y = yaml_at(policy, "probabilistic", "sampling_percentage", NULL);
	if (y && !yaml_number(y, &percent))
		return anything;
	return exactly(bounded(percent / 100));
}

static struct share status_code(const struct yaml *policy, enum trace_class class)
{
	const struct yaml *codes = yaml_at(policy, "status_code", "status_codes", NULL);
	bool has_error = false, has_other = false;
	if (!codes || codes->kind != YAML_LIST)
		return anything;
	for (size_t i = 0; i < codes->nr; i++) {
		const char *code = yaml_text(codes->items[i]);
		if (!code)
			return anything;
		if (str_eq(code, "ERROR"))
			has_error = true;
		else
			has_other = true;
	}
	if (class == CLASS_ERRORS && has_error)
		return exactly(1);
	return has_other ? anything : exactly(0);
}

static struct share latency(const struct yaml *policy, enum trace_class class)
{
	double upper = 0;
	const struct yaml *block = yaml_get(policy, "latency");
	if (class != CLASS_SLOW)
		/* routine traces and errors are those that are faster than every threshold */
		return exactly(0);
	if (yaml_get(block, "upper_threshold_ms") &&
		(!yaml_number(yaml_get(block, "upper_threshold_ms"), &upper) || upper > 0))
		return anything;
	return exactly(1);
}

static double spans_arriving(const struct evaluation *e)
{
	double sum = 0;
	for (size_t i = 0; i < NR_CLASSES; i++)
		sum += e->in[i] * e->traffic->share[i];
	return sum * e->traffic->traces_per_second * e->traffic->spans_per_trace;
}

/* A token bucket keeps what fits, whichever comes first. */
static struct share limited(const struct evaluation *e, const struct yaml *rate, double unit)
{
	double limit = 0;
	if (!e->traffic || e->traffic->traces_per_second <= 0 || !yaml_number(rate, &limit))
		return anything;
	double arriving = spans_arriving(e) * unit;
	return exactly(arriving > 0 ? bounded(limit / arriving) : 1);
}

static struct verdict evaluate(
	const struct yaml *policy, const struct evaluation *e, enum trace_class class);

static struct share both(struct share a, struct share b)
{
	return (struct share){a.low * b.low, a.high * b.high};
}

/* All of a list: the sub-policies see only what the ones before them let through. */
static struct share all_of(
	const struct yaml *list, const struct evaluation *e, enum trace_class class)
{
	struct evaluation inner = *e;
	struct share keep = exactly(1), nested = exactly(1);
	const char *salt = NULL;
	bool has_guess = false;
	for (size_t i = 0; list && i < list->nr; i++) {
		struct verdict v = evaluate(list->items[i], &inner, class);
		for (size_t k = 0; k < NR_CLASSES; k++)
			inner.in[k] *=
				evaluate(list->items[i], &inner, (enum trace_class)k).keep.high;
		if (v.salt && salt && str_eq(salt, v.salt)) {
			nested.low = v.keep.low < nested.low ? v.keep.low : nested.low;
			nested.high = v.keep.high < nested.high ? v.keep.high : nested.high;
			continue;
		}
		if (v.salt && !salt) {
			salt = v.salt;
			nested = v.keep;
			continue;
		}
		has_guess |= v.keep.low < v.keep.high;
		keep = both(keep, v.keep);
	}
	keep = both(keep, nested);
	if (has_guess)
		keep.low = 0;
	return keep;
}

/* The first sub-policy that matches takes the trace, within what it is allotted. */
static struct share composite(
	const struct yaml *policy, const struct evaluation *e, enum trace_class class)
{
	const struct yaml *block = yaml_get(policy, "composite");
	const struct yaml *list = policy_list(policy), *rates = yaml_get(block, "rate_allocation");
	double total = 0;
	bool is_known = e->traffic && e->traffic->traces_per_second > 0 &&
			yaml_number(yaml_get(block, "max_total_spans_per_second"), &total);
	struct evaluation rest = *e;
	struct share keep = exactly(0), left = exactly(1);
	if (list && list->nr > MAX_SUBPOLICIES) /* each is looked up among the rates */
		return anything;
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++) {
		struct evaluation taken = rest;
		const char *name = policy_name(list->items[i]);
		double percent = 0, allotted = total / (double)list->nr;
		for (size_t k = 0; rates && rates->kind == YAML_LIST && k < rates->nr; k++) {
			const char *of = yaml_text(yaml_get(rates->items[k], "policy"));
			if (str_eq(of, name) &&
				yaml_number(yaml_get(rates->items[k], "percent"), &percent) &&
				percent > 0)
				allotted = total * percent / 100;
		}
		struct share match = exactly(0);
		for (size_t k = 0; k < NR_CLASSES; k++) {
			struct verdict v = evaluate(list->items[i], &rest, (enum trace_class)k);
			taken.in[k] = rest.in[k] * v.keep.high;
			rest.in[k] *= 1 - v.keep.low;
			is_known &= v.keep.low == v.keep.high;
			if (k == (size_t)class)
				match = v.keep;
		}
		double arriving = is_known ? spans_arriving(&taken) : 0;
		double fit = !is_known ? 1 : arriving > allotted ? allotted / arriving : 1;
		keep.low += is_known ? left.low * match.low * fit : 0;
		keep.high += left.high * match.high * fit;
		left = both(left, (struct share){1 - match.high, 1 - match.low});
	}
	keep.high = bounded(keep.high);
	return keep;
}

static struct share opposite(struct share s)
{
	return (struct share){1 - s.high, 1 - s.low};
}

static struct share matches(
	const struct yaml *policy, const struct evaluation *e, enum trace_class class)
{
	const char *type = policy_type(policy);
	if (str_eq(type, "always_sample"))
		return exactly(1);
	if (str_eq(type, "probabilistic"))
		return probabilistic(policy);
	if (str_eq(type, "status_code"))
		return status_code(policy, class);
	if (str_eq(type, "latency"))
		return latency(policy, class);
	if (str_eq(type, "rate_limiting"))
		return limited(e, yaml_at(policy, "rate_limiting", "spans_per_second", NULL), 1);
	if (str_eq(type, "bytes_limiting"))
		return limited(e, yaml_at(policy, "bytes_limiting", "bytes_per_second", NULL),
			e->traffic ? e->traffic->bytes_per_span : 1);
	if (str_eq(type, "and") || str_eq(type, "drop"))
		return all_of(policy_list(policy), e, class);
	if (str_eq(type, "composite"))
		return composite(policy, e, class);
	if (str_eq(type, "not")) {
		const struct yaml *sub = yaml_at(policy, "not", "not_sub_policy", NULL);
		return sub ? opposite(evaluate(sub, e, class).keep) : anything;
	}
	return anything; /* what attributes, states and conditions say is not known here */
}

static struct verdict evaluate(
	const struct yaml *policy, const struct evaluation *e, enum trace_class class)
{
	const char *type = policy_type(policy);
	struct evaluation inner = *e;
	if (inner.depth++ > MAX_NESTED)
		return (struct verdict){.keep = anything};
	struct share match = matches(policy, &inner, class);
	struct verdict v = {.keep = match};
	if (str_eq(type, "drop"))
		v = (struct verdict){.drop = match};
	if (str_eq(type, "probabilistic")) {
		v.salt = yaml_text(yaml_at(policy, "probabilistic", "hash_salt", NULL));
		v.salt = v.salt ? v.salt : "";
	}
	return v;
}

/* ---- the processor ---- */

struct sum {
	double missed; /* the chance that no exactly known policy keeps it */
	struct share nested[16];
	const char *salts[16];
	size_t nr_salts;
	double low, high; /* of policies that are not known exactly */
	struct share drop;
};

static void add(struct sum *sum, const struct verdict *v)
{
	if (v->salt) {
		size_t i = 0;
		while (i < sum->nr_salts && !str_eq(sum->salts[i], v->salt))
			i++;
		if (i == sum->nr_salts && i < 16) {
			sum->salts[sum->nr_salts++] = v->salt;
			sum->nested[i] = exactly(0);
		}
		if (i < 16) {
			struct share *s = &sum->nested[i];
			s->low = v->keep.low > s->low ? v->keep.low : s->low;
			s->high = v->keep.high > s->high ? v->keep.high : s->high;
		}
	} else if (v->keep.low == v->keep.high) {
		sum->missed *= 1 - v->keep.low;
	} else {
		sum->low = v->keep.low > sum->low ? v->keep.low : sum->low;
		sum->high = bounded(sum->high + v->keep.high);
	}
	sum->drop.low = v->drop.low > sum->drop.low ? v->drop.low : sum->drop.low;
	sum->drop.high = bounded(sum->drop.high + v->drop.high);
}

static struct share total(const struct sum *sum)
{
	double low = sum->missed, high = sum->missed;
	for (size_t i = 0; i < sum->nr_salts; i++) {
		low *= 1 - sum->nested[i].low;
		high *= 1 - sum->nested[i].high;
	}
	struct share keep = {1 - low, bounded(1 - high + sum->high)};
	keep.low = keep.low > sum->low ? keep.low : sum->low;
	keep.low = sum->drop.low == sum->drop.high ? keep.low * (1 - sum->drop.low)
						   : bounded(keep.low - sum->drop.high);
	keep.high = keep.high * (1 - sum->drop.low);
	return keep;
}

static struct shares evaluate_all(const struct yaml *const *policies, size_t nr,
	bool stops_at_first, const struct shares *in, const struct traffic *traffic)
{
	struct sum sums[NR_CLASSES];
	struct evaluation e = {.traffic = traffic};
	struct shares out;
	memset(sums, 0, sizeof(sums));
	for (size_t k = 0; k < NR_CLASSES; k++) {
		sums[k].missed = 1;
		e.in[k] = in->of[k].high;
	}
	for (int drops = 1; drops >= 0;
		drops--) { /* drop policies come first, wherever they stand */
		for (size_t i = 0; i < nr; i++) {
			struct verdict v[NR_CLASSES];
			if (str_eq(policy_type(policies[i]), "drop") != (drops == 1))
				continue;
			for (size_t k = 0; k < NR_CLASSES; k++)
				v[k] = evaluate(policies[i], &e, (enum trace_class)k);
			for (size_t k = 0; k < NR_CLASSES; k++) {
				add(&sums[k], &v[k]);
				e.in[k] *= 1 - v[k].drop.low;
				if (stops_at_first)
					e.in[k] *= 1 - v[k].keep.low;
			}
		}
	}
	for (size_t k = 0; k < NR_CLASSES; k++)
		out.of[k] = both(in->of[k], total(&sums[k]));
	return out;
}

struct shares policy_shares(
	const struct yaml *policy, const struct shares *in, const struct traffic *traffic)
{
	return evaluate_all(&policy, 1, false, in, traffic);
}

struct shares tail_shares(struct arena *a, const struct yaml *config, const struct shares *in,
	const struct traffic *traffic)
{
	const struct yaml *list = yaml_get(config, "policies");
	(void)a;
	if (!list || list->kind != YAML_LIST) {
		struct shares out = *in;
		for (size_t k = 0; k < NR_CLASSES; k++)
			out.of[k].low = 0;
		return out;
	}
	return evaluate_all(list->items, list->nr,
		yaml_bool(yaml_get(config, "sample_on_first_match"), false), in, traffic);
}

/* ---- questions ---- */

struct question {
	bool errors, latency, is_open;
	double longest;
	const struct yaml *longest_at;
};

static bool has_word(const char *s, const char *const *words)
{
	for (; s && *words; words++)
		if (strstr(s, *words))
			return true;
	return false;
}

/* Others are of extensions, or misspelled: they may ask for anything. */
static bool is_known_type(const char *type)
{
	static const char *const types[] = {"always_sample", "and", "boolean_attribute",
		"bytes_limiting", "composite", "drop", "latency", "not", "numeric_attribute",
		"ottl_condition", "probabilistic", "rate_limiting", "span_count", "status_code",
		"string_attribute", "trace_flags", "trace_state"};
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
}

static void ask(void *ctx, const struct yaml *policy, unsigned depth)
{
	static const char *const error_words[] = {"error", "exception", "status", "fail", "fault",
		"ERROR", "Error", "Status", "http.code", "code", NULL};
	static const char *const slow_words[] = {
		"duration", "latency", "elapsed", "end_time", "time", NULL};
	static const char *const conditions[] = {"span", "spanevent"};
	struct question *q = ctx;
	const char *type = policy_type(policy);
	const struct yaml *block = yaml_get(policy, type);
	const char *key = yaml_text(yaml_get(block, "key"));
	(void)depth;
	q->is_open |= !is_known_type(type);
	if (str_eq(type, "status_code")) {
		const struct yaml *codes = yaml_get(block, "status_codes");
		for (size_t i = 0; codes && codes->kind == YAML_LIST && i < codes->nr; i++) {
			const char *code = yaml_text(codes->items[i]);
			q->errors |= !code || str_eq(code, "ERROR");
		}
		q->is_open |= !codes || codes->kind != YAML_LIST;
	}
	q->errors |= has_word(key, error_words);
	q->latency |= has_word(key, slow_words);
	for (size_t c = 0; c < 2 && str_eq(type, "ottl_condition"); c++) {
		const struct yaml *list = yaml_get(block, conditions[c]);
		q->is_open |= list && list->kind != YAML_LIST;
		for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++) {
			const char *text = yaml_text(list->items[i]);
			q->is_open |= !text;
			q->errors |= has_word(text, error_words);
			q->latency |= has_word(text, slow_words);
		}
	}
	if (str_eq(type, "latency")) {
		double ms = 0;
		const struct yaml *at = yaml_get(block, "threshold_ms");
		q->latency = true;
		if (yaml_number(at, &ms) && ms / 1000 > q->longest) {
			q->longest = ms / 1000;
			q->longest_at = at;
		}
	}
}

static struct question ask_all(const struct yaml *config)
{
	struct question q = {0};
	const struct yaml *list = yaml_get(config, "policies");
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++)
		policy_walk(list->items[i], ask, &q);
	return q;
}

bool tail_looks_at_errors(const struct yaml *config)
{
	struct question q = ask_all(config);
	return q.errors || q.is_open;
}

bool tail_looks_at_latency(const struct yaml *config)
{
	struct question q = ask_all(config);
	return q.latency || q.is_open;
}

double tail_latency(const struct yaml *config, const struct yaml **at)
{
	struct question q = ask_all(config);
	*at = q.longest_at;
	return q.longest;
}

double tail_wait(const struct yaml *config)
{
	double seconds = 30;
	const struct yaml *y = yaml_get(config, "decision_wait");
	if (y && !yaml_seconds(y, &seconds))
		return -1;
	return seconds;
}

double tail_num_traces(const struct yaml *config)
{
	double nr = 50000;
	const struct yaml *y = yaml_get(config, "num_traces");
	if (y && !yaml_number(y, &nr))
		return 0;
	return nr;
}
