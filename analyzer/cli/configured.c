/* Reads the configuration files that a command names. */
#include "cli/configured.h"

#include "base/path.h"
#include "base/str.h"
#include "pipeline/collector.h"

#include <math.h>
#include <string.h>

static void set_traffic(struct system *s, const struct options *o)
{
	struct traffic *t = &s->traffic;
	if (o->traces_per_second > 0)
		t->traces_per_second = o->traces_per_second;
	if (o->spans_per_trace > 0)
		t->spans_per_trace = o->spans_per_trace;
	if (o->bytes_per_span > 0)
		t->bytes_per_span = o->bytes_per_span;
	if (o->errors >= 0)
		t->share[CLASS_ERRORS] = o->errors;
	if (o->slow >= 0)
		t->share[CLASS_SLOW] = o->slow;
	double rest = 1 - t->share[CLASS_ERRORS] - t->share[CLASS_SLOW];
	t->share[CLASS_ROUTINE] = rest > 0 ? rest : 0;
}

static void add_problems(struct setup *s, struct options *o)
{
	for (size_t i = 0; i < s->system->problems.nr; i++) {
		const struct pipeline_problem *p = &s->system->problems.at[i];
		const char *place = p->file;
		if (p->line)
			place = arena_printf(o->arena, "%s:%u:%u", p->file, p->line, p->col);
		setup_add_incomplete(s, o->arena, place, p->text, "", true);
	}
}

static bool is_environment(const char *path)
{
	return str_has_suffix(path, ".env") || str_has_prefix(path_basename(path), ".env");
}

int configured_read(struct setup *s, struct options *o, const char *const *files, size_t nr_files)
{
	s->system = arena_new(o->arena, struct system);
	system_init(s->system, o->arena, s->root);
	s->system->is_embedded = o->is_embedded;
	s->system->is_strict = str_eq(s->config.profile, "strict");
	s->system->replicas = o->replicas > 0 ? o->replicas : s->config.replicas;
	s->system->traffic.traces_per_second = s->config.traces_per_second;
	set_traffic(s->system, o);
	for (int environments = 1; environments >= 0; environments--) /* others use their values */
		for (size_t i = 0; i < nr_files; i++)
			if (is_environment(files[i]) == (environments == 1))
				system_add(s->system, files[i]);
	system_link(s->system);
	add_problems(s, o);
	return 0;
}

static void add_share(struct strbuf *b, struct share s)
{
	double low = round(s.low * 1e6) / 1e4, high = round(s.high * 1e6) / 1e4;
	if (low == high)
		strbuf_addf(b, "%g %%", low);
	else
		strbuf_addf(b, "%g to %g %%", low, high);
}

static bool exports(const struct pipeline *p)
{
	for (size_t i = 0; i < p->exporters.all.nr; i++) {
		const struct component *c = p->exporters.all.at[i].component;
		if (c && c->kind == COMPONENT_EXPORTER)
			return true;
	}
	return false;
}

const char *kept_text(const struct system *s, struct arena *a)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for_each_pipeline(s, c, p)
	{
		if (!pipeline_is_traces(p) || !exports(p))
			continue;
		strbuf_addf(&b, "%-28s", arena_printf(a, "%s: %s", c->name, p->id));
		for (size_t i = 0; i < NR_CLASSES; i++) {
			strbuf_addf(&b, "%s%s ", i ? ", " : "  ", class_names[i]);
			add_share(&b, p->out.of[i]);
		}
		strbuf_addc(&b, '\n');
	}
	if (!b.len)
		strbuf_add(&b, "no pipeline exports traces\n");
	return strbuf_str(&b);
}
