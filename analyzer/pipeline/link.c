/* Joins pipelines and tiers, and computes what each of them keeps. */
#include "pipeline/collector.h"
#include "pipeline/deploy.h"
#include "pipeline/sdk.h"
#include "pipeline/tail.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- edges ---- */

static bool receives(const struct pipeline *p, const char *connector)
{
	for (size_t i = 0; i < p->receivers.all.nr; i++) {
		const struct use *u = &p->receivers.all.at[i];
		if (u->component && u->component->kind == COMPONENT_CONNECTOR &&
			str_eq(u->id, connector))
			return true;
	}
	return false;
}

static void join_connectors(struct system *s)
{
	for_each_pipeline(s, c, from)
	{
		for (size_t i = 0; i < from->exporters.all.nr; i++) {
			const struct use *by = &from->exporters.all.at[i];
			if (!by->component || by->component->kind != COMPONENT_CONNECTOR)
				continue;
			for (size_t k = 0; k < c->pipelines.nr; k++)
				if (s->edges.nr < SYSTEM_EDGES &&
					receives(c->pipelines.at[k], by->id))
					vec_push(s->arena, &s->edges,
						(struct edge){from, c->pipelines.at[k], by, false});
		}
	}
}

/* Host and port of an endpoint: "http://gateway.obs:4317/x" → "gateway.obs", 4317. */
static const char *host_of(struct arena *a, const char *endpoint, unsigned *port)
{
	const char *from = strstr(endpoint, "://");
	from = from ? from + 3 : endpoint;
	if (str_has_prefix(endpoint, "dns:///"))
		from = endpoint + strlen("dns:///");
	size_t n = strcspn(from, "/");
	const char *colon = memrchr(from, ':', n);
	*port = colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;
	return arena_strndup(a, from, colon ? (size_t)(colon - from) : n);
}

/* Does it take OTLP? */
static bool listens(const struct pipeline *p)
{
	for (size_t i = 0; i < p->receivers.all.nr; i++) {
		const struct component *c = p->receivers.all.at[i].component;
		if (c && c->kind == COMPONENT_RECEIVER && str_eq(c->type, "otlp"))
			return true;
	}
	return false;
}

static const char *endpoint_of(const struct component *c)
{
	const struct yaml *resolver = yaml_get(c->config, "resolver");
	const struct yaml *hosts = yaml_at(resolver, "static", "hostnames", NULL);
	const char *all[] = {yaml_text(yaml_get(c->config, "endpoint")),
		yaml_text(yaml_get(c->config, "traces_endpoint")),
		yaml_text(yaml_at(resolver, "dns", "hostname", NULL)),
		yaml_text(yaml_at(resolver, "k8s", "service", NULL)),
		hosts && hosts->kind == YAML_LIST && hosts->nr ? yaml_text(hosts->items[0]) : NULL};
	for (size_t i = 0; i < 5; i++)
		if (all[i])
			return all[i];
	return NULL;
}

/* Host "gateway-collector.obs.svc" is "gateway"; host "gateway.internal" is "aws-gateway.yaml". */
static bool names_it(const char *host, const char *name)
{
	size_t n = strcspn(name, "/.,"), m = strcspn(host, ".");
	if (n >= 3 && m >= n && strncmp(host, name, n) == 0 && (m == n || host[n] == '-'))
		return true;
	return m >= 3 && n > m && name[n - m - 1] == '-' && strncmp(name + n - m, host, m) == 0;
}

/* The Collector that an exporter sends to, when it is one of those here: by name, the longest that
 * fits; of two, what a load_balancing exporter sends to is the other one. */
static struct collector *target_of(
	struct system *s, const struct collector *from, const struct component *exporter)
{
	const char *endpoint = endpoint_of(exporter);
	struct collector *best = NULL;
	unsigned port = 0;
	const char *host = endpoint ? host_of(s->arena, endpoint, &port) : "";
	for (size_t i = 0; endpoint && i < s->collectors.nr; i++) {
		struct collector *c = s->collectors.at[i];
		if (c != from && names_it(host, c->name) &&
			(!best || strcspn(c->name, "/.,") > strcspn(best->name, "/.,")))
			best = c;
	}
	for (size_t i = 0;
		!best && str_eq(exporter->type, "load_balancing") && s->collectors.nr == 2 && i < 2;
		i++)
		if (s->collectors.at[i] != from)
			best = s->collectors.at[i];
	return best;
}

static void join_tiers(struct system *s)
{
	for_each_pipeline(s, c, from)
	{
		for (size_t i = 0; pipeline_is_traces(from) && i < from->exporters.all.nr; i++) {
			const struct use *by = &from->exporters.all.at[i];
			const struct component *e = by->component;
			if (!e || e->kind != COMPONENT_EXPORTER ||
				(!str_eq(e->type, "otlp_grpc") && !str_eq(e->type, "otlp_http") &&
					!str_eq(e->type, "load_balancing")))
				continue;
			struct collector *to = target_of(s, c, e);
			for (size_t k = 0; to && k < to->pipelines.nr; k++) {
				struct pipeline *p = to->pipelines.at[k];
				if (!pipeline_is_traces(p) || !listens(p) ||
					s->edges.nr >= SYSTEM_EDGES)
					continue;
				vec_push(s->arena, &s->edges, (struct edge){from, p, by, true});
				to->is_fed_by_tier = true;
				if (str_eq(e->type, "load_balancing"))
					to->balancer = e;
			}
		}
	}
}

/* ---- shares ---- */

static const struct share everything = {1, 1}, anything = {0, 1};

static void hull(struct shares *sum, const struct shares *more, bool *is_first)
{
	for (size_t i = 0; i < NR_CLASSES; i++) {
		struct share *s = &sum->of[i];
		const struct share *m = &more->of[i];
		if (*is_first || m->low < s->low)
			s->low = m->low;
		if (*is_first || m->high > s->high)
			s->high = m->high;
	}
	*is_first = false;
}

static struct shares from_sdks(const struct system *s)
{
	struct shares sum = {{everything, everything, everything}};
	bool is_first = true;
	for (size_t i = 0; i < s->sdks.nr; i++) {
		struct share share = sdk_share(s->sdks.at[i]);
		struct shares one = {{share, share, share}};
		hull(&sum, &one, &is_first);
	}
	return sum;
}

/* probabilistic_sampler: one that follows another one with the same hash keeps a nested set. */
static struct shares thinned(const struct pipeline *p, const struct component *c,
	const struct shares *in, bool is_second)
{
	struct shares out = *in;
	double percent = 0;
	const struct yaml *y = yaml_get(c->config, "sampling_percentage");
	const char *mode = yaml_text(yaml_get(c->config, "mode"));
	bool is_known = !y || yaml_number(y, &percent);
	double rate = percent >= 100 ? 1 : percent < 0 ? 0 : percent / 100;
	(void)p;
	for (size_t i = 0; i < NR_CLASSES; i++) {
		struct share *s = &out.of[i];
		bool may_nest = is_second || str_eq(mode, "equalizing");
		double nested = rate < s->high ? rate : s->high;
		s->low = is_known ? s->low * rate : 0;
		s->high = !is_known ? s->high : may_nest ? nested : s->high * rate;
	}
	return out;
}

static struct shares after(struct system *s, const struct pipeline *p, const struct component *c,
	const struct shares *in, bool is_second)
{
	struct shares out = *in;
	if (!c || !pipeline_is_traces(p))
		return out;
	if (str_eq(c->type, "tail_sampling"))
		return tail_shares(s->arena, c->config, in, &s->traffic);
	if (str_eq(c->type, "probabilistic_sampler"))
		return thinned(p, c, in, is_second);
	if (str_eq(c->type, "filter"))
		for (size_t i = 0; i < NR_CLASSES; i++)
			out.of[i].low = 0; /* what its conditions drop is not known here */
	return out;
}

enum { UNSEEN, RUNNING, DONE };

static void compute(struct system *s, struct pipeline *p)
{
	struct shares head = from_sdks(s), in = {{everything, everything, everything}};
	bool is_first = true, is_fed = false;
	if (p->mark == DONE)
		return;
	if (p->mark == RUNNING) { /* a cycle of connectors: the Collector refuses it */
		p->out = (struct shares){{anything, anything, anything}};
		return;
	}
	p->mark = RUNNING;
	for (size_t i = 0; i < s->edges.nr; i++) {
		const struct edge *e = &s->edges.at[i];
		if (e->to != p || !pipeline_is_traces(e->from))
			continue;
		compute(s, e->from);
		hull(&in, &e->from->out, &is_first);
		is_fed |= e->is_tier;
		if (!p->thinned_by && e->from->thinned_by) {
			p->thinned_by = e->from->thinned_by;
			p->thinned_in = e->from->thinned_in;
		}
	}
	for (size_t i = 0; i < p->receivers.all.nr; i++) {
		const struct component *c = p->receivers.all.at[i].component;
		if ((!c || c->kind == COMPONENT_RECEIVER) &&
			!(is_fed && c && str_eq(c->type, "otlp")))
			hull(&in, &head, &is_first);
	}
	p->in = in;
	for (size_t i = 0; i < p->processors.all.nr; i++) {
		const struct use *u = &p->processors.all.at[i];
		bool is_second = p->thinned_by && u->component &&
				 str_eq(p->thinned_by->component->type, "probabilistic_sampler");
		in = after(s, p, u->component, &in, is_second);
		p->after[i] = in;
		if (!p->thinned_by && component_samples(u->component)) {
			p->thinned_by = u;
			p->thinned_in = p;
		}
	}
	p->out = in;
	p->mark = DONE;
}

const struct sdk *system_head(const struct system *s)
{
	const struct sdk *least = NULL;
	for (size_t i = 0; i < s->sdks.nr; i++) {
		const struct sdk *sdk = s->sdks.at[i];
		if (sdk->sampler == SAMPLER_RATIO && sdk->ratio.low == sdk->ratio.high &&
			sdk->ratio.high < 1 && (!least || sdk->ratio.high < least->ratio.high))
			least = sdk;
	}
	return least;
}

void system_link(struct system *s)
{
	deploy_link(s);
	join_connectors(s);
	join_tiers(s);
	for_each_pipeline(s, c, p)
	{
		(void)c;
		compute(s, p);
	}
	for_each_pipeline(s, c, p) if (s->replicas > 0 && c->replicas <= 0 &&
				       pipeline_find(p, "tail_sampling", NULL)) c->replicas =
		s->replicas;
}
