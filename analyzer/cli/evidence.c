/* otel-tidy evidence FILE...: joins exported traces with the sources that made them. */
#include "cli/evidence.h"

#include "base/str.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/trace.h"
#include "traces/load.h"

#include <inttypes.h>

/* ---- measuring ---- */

struct measuring {
	struct trace_input *in;
	struct trace_index index;
	struct measured *measured;
	const char *service;  /* "" for all */
	uint64_t nr_nameless; /* spans of names beyond those that are kept */
	struct arena scratch;
};

static struct arena *want(void *ctx, const uint8_t trace_id[16])
{
	struct measuring *x = ctx;
	(void)trace_id;
	if (x->scratch.used > (1u << 20))
		arena_reset(&x->scratch);
	return &x->scratch;
}

static bool has_one_of(const struct trace_span *s, const struct key_group *g)
{
	for (size_t i = 0; i < g->nr_keys; i++)
		if (trace_attr_find(&s->attrs, g->keys[i]))
			return true;
	return false;
}

static void measure(void *ctx, const struct trace_span *s)
{
	struct measuring *x = ctx;
	struct measured *m = x->measured;
	if (x->service[0] && !str_eq(x->service, s->service))
		return;
	trace_index_add(&x->index, s, x->in->place);
	m->nr_spans++;
	m->bytes += s->bytes;
	struct measured_name *n = measured_name_of(m, s->name);
	if (!n) {
		x->nr_nameless++;
		return;
	}
	n->nr++;
	n->bytes += s->bytes;
	quantile_add(&n->durations, m->arena, trace_span_duration(s));
	if (s->status == STATUS_ERROR) {
		/* a way that ends in an error may leave early */
		n->nr_errors++;
		return;
	}
	for (size_t i = 0; i < m->questions.nr; i++)
		n->nr_lacking[i] += !has_one_of(s, m->questions.at[i].group);
}

static void measure_all(struct measured *m, struct trace_input *in, const char *service)
{
	struct measuring x = {.in = in, .measured = m, .service = service};
	struct otlp_sink sink = {.ctx = &x, .want = want, .span = measure};
	trace_index_init(&x.index);
	arena_init(&x.scratch);
	trace_input_read(in, 0, UINT64_MAX, &sink);
	m->nr_traces = x.index.traces.nr;
	if (x.index.nr_spans_beyond)
		trace_input_problem(in, in->files.at[0].path, 0, 0,
			arena_printf(in->arena, "more than %u traces; later ones are not counted",
				TRACES_MAX));
	if (x.nr_nameless)
		trace_input_problem(in, in->files.at[0].path, 0, 0,
			arena_printf(in->arena,
				"more than %zu names of spans; %" PRIu64
				" spans of later ones are left out",
				m->names.nr, x.nr_nameless));
	arena_fini(&x.scratch);
	trace_index_fini(&x.index);
}

/* ---- judging ---- */

static bool is_off(const struct config *c, const char *rule)
{
	bool off = false;
	for (size_t i = 0; i < c->rules.nr; i++)
		if (str_eq(c->rules.at[i].rule, rule))
			off = str_eq(c->rules.at[i].value, "off");
	return off;
}

static bool is_asked(const struct options *o, const struct setup *s, const struct rule *r)
{
	for (size_t i = 0; i < o->rules.nr; i++)
		if (str_eq(o->rules.at[i], r->name))
			return true;
	return !o->rules.nr && str_eq(r->group, "evidence") && !is_off(&s->config, r->name);
}

/* The rules of the profile are judged too, since what they say is one side of the comparison; shown
 * are those that were asked for. */
static void judge_both(struct setup *s, struct options *o, struct judgement *j)
{
	bool *shown = arena_array(o->arena, bool, s->selection.nr);
	selection_init(&s->selection, o->arena, &s->config, NULL, 0);
	for (size_t i = 0; i < s->selection.nr; i++) {
		shown[i] = is_asked(o, s, &s->selection.rules[i]);
		s->selection.enabled[i] |= shown[i];
	}
	setup_judge(s, o, j);
	s->selection.enabled = shown;
}

static void keep_shown(const struct setup *s, struct findings *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->all.nr; i++) {
		bool is_shown = false;
		for (size_t k = 0; k < s->selection.nr; k++)
			is_shown |= s->selection.enabled[k] &&
				    str_eq(s->selection.rules[k].name, f->all.at[i].rule);
		if (is_shown)
			f->all.at[kept++] = f->all.at[i];
	}
	f->all.nr = kept;
}

static int report(struct setup *s, struct options *o, struct trace_input *in)
{
	struct judgement j;
	struct measured measured;
	struct evidence evidence;
	program_link(&s->program);
	measured_init(&measured, o->arena, &s->program);
	measure_all(&measured, in, o->service);
	s->program.measured = &measured;
	if (!measured.nr_spans && !in->nr_problems)
		trace_input_problem(in, in->files.at[0].path, 0, 0,
			o->service[0] ? arena_printf(o->arena, "no span of service \"%s\" in it",
						o->service)
				      : "no spans in it");
	judge_both(s, o, &j);
	const struct measured *m = measured_of(&s->program);
	if (measured.nr_spans && !m->has_match)
		trace_input_problem(in, in->files.at[0].path, 0, 0,
			"none of its spans is started by these sources");
	evidence_build(&evidence, o->arena, &s->program, m, &j.findings);
	keep_shown(s, &j.findings);
	s->evidence = &evidence;
	s->is_partial = in->nr_problems > 0;
	trace_print_problems(in, true);
	return setup_report(s, o, &j, NULL, NULL);
}

/* Sources among the names choose units, as they do for check; the rest are traces. */
static bool is_source(const char *path)
{
	static const char *const suffixes[] = {".c", ".cc", ".cpp", ".cxx", ".c++", ".C"};
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (str_has_suffix(path, suffixes[i]))
			return true;
	return false;
}

static size_t split_paths(struct options *o, const char **traces)
{
	size_t nr = 0, nr_sources = 0;
	for (size_t i = 0; i < o->paths.nr; i++) {
		if (is_source(o->paths.at[i]))
			o->paths.at[nr_sources++] = o->paths.at[i];
		else
			traces[nr++] = o->paths.at[i];
	}
	o->paths.nr = nr_sources;
	return nr;
}

int command_evidence(struct options *o)
{
	struct setup s;
	struct trace_input in;
	const char *error;
	const char **files = arena_array(o->arena, const char *, o->paths.nr);
	size_t nr = split_paths(o, files);
	if (!nr)
		return cli_fail("evidence needs a FILE of OTLP JSON lines; see otel-tidy evidence "
				"--help");
	if (!trace_input_open(&in, o->arena, files, nr, &error))
		return cli_fail("%s", error);
	int code = gather(&s, o);
	if (!code)
		code = report(&s, o, &in);
	trace_input_close(&in);
	return code;
}
