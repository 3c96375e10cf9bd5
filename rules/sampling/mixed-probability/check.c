/* Samplers that choose by different numbers, so that no trace is whole. */
#include "base/str.h"
#include "engine/tell_config.h"

static const char *seed_of(const struct component *c)
{
	const struct yaml *seed = yaml_get(c->config, "hash_seed");
	return seed ? seed->raw : "0";
}

static bool is_by_seed(const struct component *c)
{
	const char *mode = yaml_text(yaml_get(c->config, "mode"));
	const struct yaml *written = yaml_get(c->config, "mode");
	return written ? str_eq(mode, "hash_seed") : true;
}

/* Two samplers side by side: spans of one trace meet the one or the other. */
static void check_seeds(const struct rule_run *run, const struct use *a, const struct pipeline *pa,
	const struct use *b, const struct pipeline *pb)
{
	struct story story = {0};
	if (!is_by_seed(a->component) || !is_by_seed(b->component) ||
		str_eq(seed_of(a->component), seed_of(b->component)))
		return;
	for (size_t i = 0; i < run->program->system->edges.nr; i++) {
		const struct edge *e = &run->program->system->edges.at[i];
		if (e->is_tier || e->from == pa || e->to == pa || e->from == pb || e->to == pb)
			return; /* one behind the other is meant so */
	}
	story_add_node(run, &story, a->component->key, "%s hashes with seed %s", a->id,
		seed_of(a->component));
	story_add_node(run, &story, b->component->key, "%s hashes with seed %s", b->id,
		seed_of(b->component));
	remark(run, &(struct remark){.at = b->at,
			    .pipeline = pb,
			    .subject = b->id,
			    .story = &story,
			    .message = tell_text(run,
				    "%s and %s choose traces by different seeds (%s and %s)", a->id,
				    b->id, seed_of(a->component), seed_of(b->component)),
			    .why = "a trace whose spans meet both is kept in part: 10 % twice "
				   "leaves 1 % of "
				   "the traces whole",
			    .fix = "the same hash_seed in all samplers of a tier"});
}

void rule_mixed_probability(struct rule_run *run);
void rule_mixed_probability(struct rule_run *run)
{
	const struct system *s = run->program->system;
	VEC(const struct use *) uses = {0};
	VEC(struct pipeline *) pipelines = {0};
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	while ((u = next_use(run, "probabilistic_sampler", &at, &p, &number))) {
		for (size_t i = 0; i < uses.nr; i++)
			if (uses.at[i]->component != u->component && pipelines.at[i] != p)
				check_seeds(run, uses.at[i], pipelines.at[i], u, p);
		vec_push(run->scratch, &uses, u);
		vec_push(run->scratch, &pipelines, p);
		for (size_t i = 0; i < s->sdks.nr; i++) {
			const struct sdk *sdk = s->sdks.at[i];
			struct story story = {0};
			if (!sdk->writes_threshold || !is_by_seed(u->component) ||
				sdk->ratio.low != sdk->ratio.high || sdk->ratio.high >= 1)
				continue;
			story_add_node(run, &story, sdk->sampler_at, "%s writes th into tracestate",
				sdk->name);
			remark(run, &(struct remark){.at = u->at,
					    .pipeline = p,
					    .subject = u->id,
					    .story = &story,
					    .message = tell_text(run,
						    "%s hashes what the SDK of %s has already "
						    "sampled by "
						    "threshold",
						    u->id, sdk->name),
					    .why = "it does not look at the threshold and the "
						   "shares multiply in "
						   "ways nobody can count back from",
					    .fix = "mode: equalizing (a share of all) or "
						   "proportional (a share "
						   "of what arrives)"});
		}
	}
}
