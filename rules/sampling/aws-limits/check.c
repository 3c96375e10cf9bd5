/* What the OTLP endpoint of X-Ray and the Lambda layer do not take. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

#define MAX_SPANS 10000

static bool is_xray(const char *endpoint)
{
	return endpoint && strstr(endpoint, "://xray.") && strstr(endpoint, ".amazonaws.com");
}

static const struct yaml *batch_size(const struct pipeline *p, const struct component *exporter)
{
	const struct use *batch = pipeline_find(p, "batch", NULL);
	const struct yaml *own =
		yaml_at(exporter->config, "sending_queue", "batch", "max_size", NULL);
	if (own)
		return own;
	return batch ? yaml_get(batch->component->config, "send_batch_max_size") : NULL;
}

static void check_exporter(
	const struct rule_run *run, const struct pipeline *p, const struct use *u)
{
	const struct component *c = u->component;
	const struct yaml *at = yaml_get(c->config, "traces_endpoint");
	double size;
	if (!at)
		at = yaml_get(c->config, "endpoint");
	bool is_ours = is_xray(at ? at->raw : NULL) || (at && str_has_prefix(at->raw, "xray.") &&
							       strstr(at->raw, ".amazonaws.com"));
	if (!is_ours)
		return;
	struct remark r = {.at = at, .pipeline = p, .subject = c->id};
	if (str_eq(c->type, "otlp_grpc")) {
		r.message = tell_text(
			run, "%s speaks gRPC to X-Ray's endpoint, which takes HTTP", c->id);
		r.why = "every export fails";
		r.fix = "use otlp_http with traces_endpoint: and auth: {authenticator: sigv4auth}";
		remark(run, &r);
		return;
	}
	if (str_eq(c->type, "otlp_http") && !yaml_get(c->config, "auth")) {
		r.message = tell_text(
			run, "%s sends to X-Ray's endpoint without signing its requests", c->id);
		r.why = "the endpoint takes requests signed with Signature Version 4 only: each "
			"one is "
			"refused";
		r.fix = "add the extension sigv4auth and auth: {authenticator: sigv4auth}";
		remark(run, &r);
	}
	const struct yaml *max = batch_size(p, c);
	if (yaml_number(max, &size) && size > MAX_SPANS) {
		r.at = max;
		r.message = tell_text(run,
			"batches of up to %g spans go to X-Ray's endpoint, which refuses more than "
			"%d",
			size, MAX_SPANS);
		r.why = "a batch that is too large is refused whole, and again when it is sent "
			"anew";
		r.fix = "10000 spans or fewer, and 5 MB";
		remark(run, &r);
	}
}

static void check_lambda(const struct rule_run *run, const struct pipeline *p)
{
	const struct use *tail = pipeline_find(p, "tail_sampling", NULL), *sign;
	sign = pipeline_find(p, "decouple", NULL);
	for (size_t i = 0; i < p->receivers.all.nr && !sign; i++)
		if (p->receivers.all.at[i].component &&
			str_has_prefix(p->receivers.all.at[i].component->type, "telemetryapi"))
			sign = &p->receivers.all.at[i];
	if (!tail || !sign)
		return;
	remark(run, &(struct remark){.at = tail->at,
			    .pipeline = p,
			    .subject = tail->id,
			    .message = tell_text(run,
				    "%s runs inside of a Lambda function, which is frozen while it "
				    "waits",
				    tail->id),
			    .why = "each instance sees only its own spans of a trace, and decides "
				   "whenever it "
				   "wakes up next, or never",
			    .fix = "send everything to a Collector outside of Lambda and sample "
				   "there"});
}

void rule_aws_limits(struct rule_run *run);
void rule_aws_limits(struct rule_run *run)
{
	for_each_pipeline(run->program->system, c, p)
	{
		(void)c;
		if (!pipeline_is_traces(p))
			continue;
		for (size_t i = 0; i < p->exporters.all.nr; i++)
			if (p->exporters.all.at[i].component)
				check_exporter(run, p, &p->exporters.all.at[i]);
		check_lambda(run, p);
	}
}
