/* SPDX-License-Identifier: Apache-2.0 */
/* Samplers that decide by themselves. Each is made once and kept. */
#include <stdio.h>
#include <stdlib.h>

#include "sdk.h"

static _Atomic(struct ctel_sampler *) samplers; /* so that none is ever lost */

struct ctel_sampler *sampler_new(
	void (*decide)(const struct ctel_sampler *, const ctel_sampling *, struct decision *))
{
	struct ctel_sampler *s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->decide = decide;
	s->next = atomic_load(&samplers);
	while (!atomic_compare_exchange_weak(&samplers, &s->next, s))
		;
	return s;
}

const char *ctel_sampler_description(const ctel_sampler *s)
{
	return s->description;
}

/* ---- Always --------------------------------------------------------------------------------- */

static void always_on(const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	(void)s;
	(void)what;
	out->decision = CTEL_RECORD_AND_SAMPLE;
}

static void always_off(
	const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	(void)s;
	(void)what;
	out->decision = CTEL_DROP;
}

static struct ctel_sampler on = {.decide = always_on, .description = "AlwaysOnSampler"};
static struct ctel_sampler off = {.decide = always_off, .description = "AlwaysOffSampler"};

ctel_sampler *ctel_sampler_always_on(void)
{
	return &on;
}

ctel_sampler *ctel_sampler_always_off(void)
{
	return &off;
}

static void always_record(
	const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	s->root->decide(s->root, what, out);
	if (out->decision == CTEL_DROP)
		out->decision = CTEL_RECORD_ONLY;
}

ctel_sampler *ctel_sampler_always_record(ctel_sampler *root)
{
	struct ctel_sampler *s = sampler_new(always_record);
	if (s) {
		s->root = root ? root : &on;
		snprintf(s->description, sizeof(s->description), "AlwaysRecord{%.150s}",
			s->root->description);
	}
	return s;
}

/* ---- By the trace id ------------------------------------------------------------------------ */

static void trace_id_ratio(
	const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	static const struct otstate no_rv = {THRESHOLD_NONE, THRESHOLD_NONE};
	static _Atomic uint64_t last_warning;
	/* The specification's compatibility warning. */
	if (ctx_has_trace(what->parent) && log_is_due(&last_warning))
		log_warning(
			"the TraceIdRatioBased sampler decides about a child: others may decide "
			"otherwise; use the probability sampler");
	bool is_kept = otstate_randomness(&no_rv, what->trace_id) >= s->threshold;
	out->decision = is_kept ? CTEL_RECORD_AND_SAMPLE : CTEL_DROP;
}

ctel_sampler *ctel_sampler_trace_id_ratio(double ratio)
{
	struct ctel_sampler *s = sampler_new(trace_id_ratio);
	if (!(ratio >= 0))
		ratio = 0;
	if (ratio > 1)
		ratio = 1;
	if (s) {
		s->threshold = THRESHOLD_MAX - (uint64_t)(ratio * (double)THRESHOLD_MAX);
		snprintf(s->description, sizeof(s->description), "TraceIdRatioBased{%.6f}", ratio);
	}
	return s;
}

static void probability(
	const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	static _Atomic uint64_t last_warning;
	struct otstate ot;
	const ctel_ctx *parent = what->parent;
	otstate_read(parent->tracestate, &ot);
	bool is_presumed =
		ctx_has_trace(parent) && !(parent->flags & FLAG_RANDOM) && ot.rv == THRESHOLD_NONE;
	if (is_presumed && log_is_due(&last_warning))
		log_warning("the probability sampler presumes that trace ids are random: a caller "
			    "does not set the random flag of W3C Trace Context level 2");
	bool is_kept = otstate_randomness(&ot, what->trace_id) >= s->threshold;
	out->decision = is_kept ? CTEL_RECORD_AND_SAMPLE : CTEL_DROP;
	if (is_kept || ot.th != THRESHOLD_NONE) {
		out->has_tracestate = true;
		out->tracestate = otstate_with_th(
			parent->tracestate, is_kept ? s->threshold : THRESHOLD_NONE);
	}
}

ctel_sampler *ctel_sampler_probability(double ratio)
{
	struct ctel_sampler *s = sampler_new(probability);
	if (s) {
		s->threshold = threshold_of(ratio);
		snprintf(s->description, sizeof(s->description), "ProbabilitySampler{%.6f}", ratio);
	}
	return s;
}

/* ---- By the parent -------------------------------------------------------------------------- */

static void parent_based(
	const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	const ctel_ctx *parent = what->parent;
	const struct ctel_sampler *other =
		ctx_has_trace(parent)
			? s->children[2 * parent->is_remote + (parent->flags & FLAG_SAMPLED)]
			: s->root;
	other->decide(other, what, out);
}

ctel_sampler *ctel_sampler_parent_based(const ctel_parent_based *samplers_given)
{
	static const ctel_parent_based none;
	const ctel_parent_based *g = samplers_given ? samplers_given : &none;
	struct ctel_sampler *s = sampler_new(parent_based);
	if (!s)
		return NULL;
	s->root = g->root ? g->root : &on;
	s->children[0] = g->local_not_sampled ? g->local_not_sampled : &off;
	s->children[1] = g->local_sampled ? g->local_sampled : &on;
	s->children[2] = g->remote_not_sampled ? g->remote_not_sampled : &off;
	s->children[3] = g->remote_sampled ? g->remote_sampled : &on;
	s->is_as_parent = s->root == &on && s->children[0] == &off && s->children[1] == &on &&
			  s->children[2] == &off && s->children[3] == &on;
	snprintf(s->description, sizeof(s->description),
		"ParentBased{root=%.60s,remoteParentSampled=%.30s,remoteParentNotSampled=%.30s,"
		"localParentSampled=%.30s,localParentNotSampled=%.30s}",
		s->root->description, s->children[3]->description, s->children[2]->description,
		s->children[1]->description, s->children[0]->description);
	return s;
}

/* ---- The program's own ---------------------------------------------------------------------- */

static void callback(const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out)
{
	ctel_sampled result = s->fn(s->user, what);
	out->decision = result.decision;
	out->attributes = result.attributes;
	out->nr_attributes = result.nr_attributes;
	if (result.tracestate) {
		out->has_tracestate = true;
		out->tracestate = tracestate_read(result.tracestate);
	}
}

ctel_sampler *ctel_sampler_callback(const char *description, ctel_sampler_fn fn, void *user)
{
	struct ctel_sampler *s = fn ? sampler_new(callback) : NULL;
	if (!s)
		return NULL;
	s->fn = fn;
	s->user = user;
	snprintf(s->description, sizeof(s->description), "%s", description ? description : "");
	return s;
}
