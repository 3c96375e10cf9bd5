/* baggage-to-third-party: baggage is injected into a request to a host nobody vouched for. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/recorded.h"
#include "flow/strings.h"

#include <ctype.h>
#include <string.h>

void rule_baggage_to_third_party(struct rule_run *run);

/* The host of "https://user@host:port/path", in lower case; NULL: no such URL, or not whole. */
static const char *host_of(struct rule_run *run, const char *url)
{
	if (!str_has_prefix(url, "http://") && !str_has_prefix(url, "https://"))
		return NULL;
	const char *from = strchr(url, ':') + 3;
	size_t n = strcspn(from, "/?#");
	for (size_t i = n; i-- > 0;)
		if (from[i] == '@') {
			from += i + 1;
			n -= i + 1;
			break;
		}
	n = strcspn(from, ":/?#") < n ? strcspn(from, ":/?#") : n;
	if (!n || memchr(from, '%', n) || memchr(from, '{', n))
		return NULL;
	char *host = arena_strndup(run->arena, from, n);
	for (size_t i = 0; i < n; i++)
		host[i] = (char)tolower((unsigned char)host[i]);
	return host;
}

static bool is_trusted(const struct config *config, const char *host)
{
	for (size_t i = 0; i < config->trusted_hosts.nr; i++)
		if (str_glob(config->trusted_hosts.at[i], host))
			return true;
	return false;
}

/* A call of `f` that names a host outside of the list. */
static const struct ir_op *find_url(struct rule_run *run, struct func *f, const char **host)
{
	const struct values *v = values_of(run->program, f);
	for (uint32_t k = 0; k < f->nr_calls; k++) {
		const struct ir_op *op = &f->ir->ops[f->calls[k].op];
		for (uint32_t i = 0; i < op->nr_args && !f->calls[k].model; i++) {
			const char *text = value_string(v, op->args[i]);
			const char *found = text ? host_of(run, text) : NULL;
			if (found && !is_trusted(run->program->config, found)) {
				*host = found;
				return op;
			}
		}
	}
	return NULL;
}

/* The call that injects, here or in a function called from here. */
static const struct ir_op *find_inject(struct rule_run *run, struct func *f)
{
	for (uint32_t k = 0; k < f->nr_calls; k++) {
		const struct call *c = &f->calls[k];
		if (c->model && c->model->effect == EFFECT_INJECT)
			return &f->ir->ops[c->op];
		if (c->callee && c->callee != f &&
			reaches_effect(c->callee, EFFECT_INJECT, run->scratch, run->program))
			return &f->ir->ops[c->op];
	}
	return NULL;
}

/* Baggage is set somewhere, or arrives from outside. */
static bool has_baggage(const struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		const struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct model_call *m = f->calls[k].model;
			if (m && (m->effect == EFFECT_BAGGAGE_SET || m->effect == EFFECT_EXTRACT) &&
				!(f->ir->flags & IR_FUNC_SYSTEM))
				return true;
		}
	}
	return false;
}

void rule_baggage_to_third_party(struct rule_run *run)
{
	const struct config *config = run->program->config;
	if (!config || !config->trusted_hosts.nr || !has_baggage(run))
		return;
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		const char *host = NULL;
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		const struct ir_op *inject = find_inject(run, f);
		const struct ir_op *url = inject ? find_url(run, f, &host) : NULL;
		if (!url)
			continue;
		struct story story = {0};
		story_add(run, &story, &url->loc, "the request goes to %s", host);
		story_add(run, &story, &inject->loc, "and baggage goes with it");
		tell(run, f, &inject->loc, host,
			tell_text(run,
				"baggage is sent to %s, which is not among the trusted hosts",
				host),
			"everything in baggage, tenants and users included, is written into the "
			"headers of the request, and kept in logs you do not control",
			"inject a context without baggage into this request, or add the host to "
			"trusted_hosts",
			&story);
	}
}
