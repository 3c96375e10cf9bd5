/* SPDX-License-Identifier: Apache-2.0 */
/* Inject and extract with several propagators, and environment variables as carriers. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "component.h"

static const struct propagator *const known[] = {&propagate_tracecontext, &propagate_baggage,
	&propagate_b3, &propagate_b3multi, &propagate_xray};

static const struct propagator *find(struct slice name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strlen(known[i]->name) == name.n &&
			!strncasecmp(known[i]->name, name.s, name.n))
			return known[i];
	return component_propagator(name);
}

const char *propagators_read(struct propagators *out, const char *names)
{
	struct slice name;
	const char *unknown = NULL;
	out->nr = 0;
	while (slice_next(&names, &name)) {
		const struct propagator *p = find(name);
		bool is_there = false;
		if (!p && name.n && !(name.n == 4 && !strncasecmp(name.s, "none", 4)) && !unknown)
			unknown = name.s;
		for (unsigned i = 0; i < out->nr; i++)
			is_there |= out->list[i] == p;
		if (p && !is_there && out->nr < MAX_PROPAGATORS)
			out->list[out->nr++] = p;
	}
	return unknown;
}

static struct propagators while_off;
static pthread_once_t while_off_once = PTHREAD_ONCE_INIT;

static void read_environment(void)
{
	const char *names = environment_get("OTEL_PROPAGATORS");
	propagators_read(&while_off, names ? names : "tracecontext,baggage");
}

void propagators_while_off(const char *names)
{
	pthread_once(&while_off_once, read_environment);
	propagators_read(&while_off, names);
}

/* The provider's, or what OTEL_PROPAGATORS says, which holds also while tracing is off. */
static const struct propagators *configured(void)
{
	struct provider *p = provider_get();
	if (p)
		return &p->propagators;
	pthread_once(&while_off_once, read_environment);
	return &while_off;
}

static void inject(const struct propagators *p, const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	for (unsigned i = 0; i < p->nr; i++) {
		const struct propagator *one = p->list[i];
		if (one->inject)
			one->inject(ctx, set, carrier);
		else if (one->own.inject)
			one->own.inject(one->own.user, *ctx, set, carrier);
	}
}

/* The program's function makes a context of its own, out of what was found before it. */
static void extract_own(const ctel_propagator *p, ctel_ctx *ctx, ctel_getter get, void *carrier)
{
	ctel_ctx before = *ctx;
	ctel_scope scope = ctel_ctx_attach(before);
	*ctx = p->extract(p->user, before, get, carrier);
	ctel_ctx_detach(scope);
	ctel_ctx_release(&before);
}

static ctel_ctx extract(const struct propagators *p, ctel_getter get, void *carrier)
{
	ctel_ctx ctx = {0};
	for (unsigned i = 0; i < p->nr; i++)
		if (p->list[i]->extract)
			p->list[i]->extract(&ctx, get, carrier);
		else if (p->list[i]->own.extract)
			extract_own(&p->list[i]->own, &ctx, get, carrier);
	return ctx;
}

void context_set_trace(ctel_ctx *ctx, const ctel_ctx *trace)
{
	struct ctel_bag *baggage = ctx->baggage;
	struct ctel_values *values = ctx->values;
	bag_drop(ctx->tracestate);
	*ctx = *trace;
	ctx->baggage = baggage;
	ctx->values = values;
}

void ctel_inject(ctel_ctx ctx, ctel_setter set, void *carrier)
{
	inject(configured(), &ctx, set, carrier);
}

ctel_ctx ctel_extract(ctel_getter get, void *carrier)
{
	return extract(configured(), get, carrier);
}

void ctel_inject_as(const char *propagators, ctel_ctx ctx, ctel_setter set, void *carrier)
{
	struct propagators p;
	propagators_read(&p, propagators);
	inject(&p, &ctx, set, carrier);
}

ctel_ctx ctel_extract_as(const char *propagators, ctel_getter get, void *carrier)
{
	struct propagators p;
	propagators_read(&p, propagators);
	return extract(&p, get, carrier);
}

size_t ctel_propagation_fields(const char **names, size_t nr)
{
	const struct propagators *p = configured();
	size_t n = 0;
	for (unsigned i = 0; i < p->nr; i++)
		for (const char *const *field = p->list[i]->fields; *field; field++) {
			if (n < nr)
				names[n] = *field;
			n++;
		}
	return n;
}

/* ---- Environment variables ------------------------------------------------------------------ */

#define MAX_NAME 64

/* Upper case, with "_" for what is neither letter nor digit. */
static void variable_name(char out[MAX_NAME], const char *name)
{
	size_t n = 0;
	for (; name[n] && n + 1 < MAX_NAME; n++)
		out[n] = isalnum((unsigned char)name[n]) ? (char)toupper((unsigned char)name[n])
							 : '_';
	out[n] = '\0';
}

void ctel_env_set(void *carrier, const char *name, const char *value)
{
	char variable[MAX_NAME];
	(void)carrier;
	variable_name(variable, name);
	setenv(variable, value, 1);
}

const char *ctel_env_get(void *carrier, const char *name)
{
	char variable[MAX_NAME];
	(void)carrier;
	variable_name(variable, name);
	return getenv(variable);
}

/* NAME=value strings, one behind the other, each with its NUL. */
static void add_variable(void *carrier, const char *name, const char *value)
{
	char variable[MAX_NAME];
	variable_name(variable, name);
	text_puts(carrier, variable);
	text_puts(carrier, "=");
	text_add(carrier, value, strlen(value) + 1);
}

static bool is_replaced(const char *variable, const struct text *added)
{
	size_t n = strcspn(variable, "=") + 1;
	for (size_t at = 0; at < added->n; at += strlen(added->s + at) + 1)
		if (!strncmp(added->s + at, variable, n))
			return true;
	return false;
}

char **ctel_env_make(ctel_ctx ctx)
{
	struct text added = {0};
	size_t nr = 0, size = 0;
	char **out = NULL;
	ctel_inject(ctx, add_variable, &added);
	for (char **e = environ; e && *e; e++, nr++)
		size += strlen(*e) + 1;
	for (size_t at = 0; at < added.n; at += strlen(added.s + at) + 1)
		nr++;
	if (!added.is_broken)
		out = malloc((nr + 1) * sizeof(*out) + size + added.n);
	if (out) {
		char *to = (char *)(out + nr + 1);
		size_t n = 0;
		for (char **e = environ; e && *e; e++)
			if (!is_replaced(*e, &added)) {
				out[n++] = strcpy(to, *e);
				to += strlen(to) + 1;
			}
		for (size_t at = 0; at < added.n; at += strlen(added.s + at) + 1) {
			out[n++] = strcpy(to, added.s + at);
			to += strlen(to) + 1;
		}
		out[n] = NULL;
	}
	text_free(&added);
	return out;
}
