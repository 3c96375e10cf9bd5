/* Processors in an order in which one of them cannot do its work. */
#include "base/str.h"
#include "engine/tell_config.h"

static void check_limiter(const struct rule_run *run, const struct pipeline *p)
{
	size_t number = 0;
	const struct use *limiter = pipeline_find(p, "memory_limiter", &number);
	if (!limiter || number == 0)
		return;
	remark(run, &(struct remark){.at = limiter->at,
			    .pipeline = p,
			    .subject = limiter->id,
			    .message = tell_text(run, "%s comes after %s; it has to be first",
				    limiter->id, p->processors.all.at[0].id),
			    .why = "it tells the receivers to wait; behind a processor that keeps "
				   "data, it "
				   "throws away what was taken already",
			    .fix = "move it to the beginning of the list"});
}

/* Without a limit, what tail sampling keeps in memory has none. */
static void check_no_limiter(const struct rule_run *run, const struct pipeline *p)
{
	const struct use *tail = pipeline_find(p, "tail_sampling", NULL);
	if (!tail || pipeline_find(p, "memory_limiter", NULL) || p->collector->is_partial)
		return;
	for (size_t i = 0; i < run->program->system->edges.nr; i++) {
		const struct edge *e = &run->program->system->edges.at[i];
		if (e->to == p && !e->is_tier) /* a pipeline before this one may have it */
			return;
	}
	remark(run, &(struct remark){.at = p->key,
			    .pipeline = p,
			    .subject = "memory_limiter",
			    .message = tell_text(run,
				    "%s keeps whole traces in memory, and no memory_limiter is "
				    "before it",
				    tail->id),
			    .why = "more traffic than usual ends the Collector, and with it every "
				   "trace "
				   "that waits for its decision",
			    .fix = "put a memory_limiter first"});
}

static void check_batch(const struct rule_run *run, const struct pipeline *p)
{
	size_t batch_at = 0, tail_at = 0;
	const struct use *batch = pipeline_find(p, "batch", &batch_at);
	const struct use *tail = pipeline_find(p, "tail_sampling", &tail_at);
	if (!batch || !tail || batch_at > tail_at)
		return;
	struct story story = {0};
	story_add_node(run, &story, batch->at, "makes batches");
	story_add_node(run, &story, tail->at, "takes them apart again, trace by trace");
	remark(run,
		&(struct remark){.at = batch->at,
			.pipeline = p,
			.subject = batch->id,
			.story = &story,
			.message = tell_text(
				run, "%s comes before %s, which undoes it", batch->id, tail->id),
			.why = "what leaves tail sampling is one small request for each trace, and "
			       "spans wait twice",
			.fix = "move it behind tail sampling, or let the exporter's sending_queue "
			       "batch"});
}

/* Processors that ask the connection who sent the data; tail sampling makes new requests. */
static void check_context(const struct rule_run *run, const struct pipeline *p)
{
	size_t number = 0, tail_at = 0;
	const struct use *tail = pipeline_find(p, "tail_sampling", &tail_at);
	const struct use *k8s = pipeline_find(p, "k8sattributes", &number);
	if (!k8s)
		k8s = pipeline_find(p, "k8s_attributes", &number);
	if (!k8s || !tail || number < tail_at)
		return;
	const struct yaml *associations = yaml_get(k8s->component->config, "pod_association");
	for (size_t i = 0; associations && associations->kind == YAML_LIST && i < associations->nr;
		i++) {
		const struct yaml *sources = yaml_get(associations->items[i], "sources");
		for (size_t k = 0; sources && sources->kind == YAML_LIST && k < sources->nr; k++)
			if (!str_eq(yaml_text(yaml_get(sources->items[k], "from")), "connection"))
				return; /* another way to find the pod */
	}
	remark(run,
		&(struct remark){.at = k8s->at,
			.pipeline = p,
			.subject = k8s->id,
			.message = tell_text(run,
				"%s comes after %s and finds no connection to look up the pod by",
				k8s->id, tail->id),
			.why = "tail sampling sends on its own requests, long after the connection "
			       "that brought the spans",
			.fix = "move it before tail sampling"});
}

void rule_processor_order(struct rule_run *run);
void rule_processor_order(struct rule_run *run)
{
	for_each_pipeline(run->program->system, c, p)
	{
		(void)c;
		if (!pipeline_is_traces(p))
			continue;
		check_limiter(run, p);
		check_no_limiter(run, p);
		check_batch(run, p);
		check_context(run, p);
	}
}
