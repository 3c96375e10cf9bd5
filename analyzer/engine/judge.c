/* Runs analyses and rules over the program and counts what the Fine Line shows. */
#include "engine/judge.h"

#include "base/str.h"
#include "engine/fine.h"
#include "engine/gains.h"
#include "engine/tell_config.h"
#include "findings/suppress.h"
#include "flow/callbacks.h"
#include "flow/cost.h"
#include "flow/spans.h"
#include "flow/verdict.h"

#include <string.h>

static void run_rules(
	struct program *p, const struct selection *s, struct findings *findings, struct arena *a)
{
	struct arena scratch;
	arena_init(&scratch);
	for (size_t i = 0; i < s->nr; i++) {
		if (!s->enabled[i])
			continue;
		struct rule rule = s->rules[i];
		if (rule_reads_config(&rule) ? !p->system : p->system && !p->units.nr)
			continue;
		rule.severity = s->severity[i];
		struct rule_run run = {.rule = &rule,
			.program = p,
			.findings = findings,
			.arena = a,
			.scratch = &scratch};
		rule.check(&run);
		arena_reset(&scratch);
	}
	arena_fini(&scratch);
}

/* Code of others is read to understand ours; it is not judged. */
static bool is_left_out(const struct program *p, const struct finding *f)
{
	const void *number = map_get(&p->file_numbers, f->place.file);
	if (number && p->files.at[(uintptr_t)number - 1].is_system)
		return true;
	for (size_t i = 0; i < p->config->exclude.nr; i++)
		if (str_glob(p->config->exclude.at[i], f->place.file))
			return true;
	return false;
}

static void leave_out(const struct program *p, struct findings *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->all.nr; i++)
		if (!is_left_out(p, &f->all.at[i]))
			f->all.at[kept++] = f->all.at[i];
	f->all.nr = kept;
}

/* The function whose head, from its name to the line before its first op, holds `line`. */
static const struct func *function_at(const struct program *p, uint32_t file, uint32_t line)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		if (f->loc.file == file && f->loc.line == line)
			return p->funcs.at[i];
	}
	return NULL;
}

/* A function whose judgement is incomplete may hide the finding that a suppression is for. */
static bool is_unsure(const struct program *p, uint32_t file, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		if (f->loc.file == file && f->loc.line <= to && f->end_line >= from &&
			f->incomplete[0])
			return true;
	}
	return false;
}

/* In YAML a comment speaks of its line, or of the next one when it is alone. */
static struct suppression of_config(const struct pipeline_comment *c)
{
	return (struct suppression){.text = c->text,
		.target = c->target,
		.from = c->target,
		.to = c->target,
		.place = {.file = c->file, .line = c->line, .col = c->col}};
}

static void suppress(
	struct program *p, const struct selection *s, struct findings *f, struct arena *a)
{
	VEC(struct suppression) all = {0};
	for (size_t i = 0; i < p->comments.nr; i++) {
		const struct ir_comment *c = &p->comments.at[i];
		if (p->files.at[c->loc.file].is_system)
			continue;
		struct suppression one = {
			.text = c->text, .target = c->target, .from = c->target, .to = c->target};
		one.place = (struct place){.file = program_file(p, &c->loc),
			.line = c->loc.line,
			.col = c->loc.col,
			.end_col = c->loc.end_col};
		const struct func *head = function_at(p, c->loc.file, c->target);
		if (head && c->alone)
			one.to = head->ir->end_line;
		one.is_unsure = is_unsure(p, c->loc.file, one.from, one.to);
		vec_push(a, &all, one);
	}
	for (size_t i = 0; p->system && i < p->system->comments.nr; i++)
		vec_push(a, &all, of_config(&p->system->comments.at[i]));
	const char **names = arena_array(a, const char *, s->nr);
	for (size_t i = 0; i < s->nr; i++)
		names[i] = s->rules[i].name;
	suppress_apply(f, all.at, all.nr, names, s->enabled, s->nr);
}

static bool is_base(const struct selection *s, const char *rule)
{
	for (size_t i = 0; i < s->nr; i++)
		if (str_eq(s->rules[i].name, rule))
			return s->is_base[i];
	return true;
}

/* What the last override that speaks of the finding's rule and file says, or NULL. */
static const char *override_of(const struct config *c, const struct finding *f)
{
	const char *value = NULL;
	for (size_t i = 0; i < c->overrides.nr; i++) {
		const struct config_override *o = &c->overrides.at[i];
		bool is_here = false;
		for (size_t k = 0; k < o->files.nr && !is_here; k++)
			is_here = str_glob(o->files.at[k], f->place.file);
		for (size_t k = 0; is_here && k < o->rules.nr; k++)
			if (str_eq(o->rules.at[k].rule, f->rule))
				value = o->rules.at[k].value;
	}
	return value;
}

/* After suppressions, so that a comment in a part where its rule is off is not called unused. */
static void apply_overrides(const struct program *p, const struct selection *s, struct findings *f)
{
	size_t kept = 0;
	for (size_t i = 0; p->config->overrides.nr && i < f->all.nr; i++) {
		struct finding one = f->all.at[i];
		const char *value = override_of(p->config, &one);
		bool is_on = value ? !str_eq(value, "off") || s->is_named : is_base(s, one.rule);
		for (unsigned level = SEVERITY_NOTE; value && level <= SEVERITY_ERROR; level++)
			if (str_eq(value, severity_name(level)))
				one.severity = level;
		if (is_on)
			f->all.at[kept++] = one;
	}
	if (p->config->overrides.nr)
		f->all.nr = kept;
}

static void count_gains(const struct program *p, struct judgement *out)
{
	struct arena scratch;
	struct gains gains;
	arena_init(&scratch);
	gains_find(p, &scratch, &gains);
	out->gained = gains.all.nr;
	out->gained_deserved = gains.nr_deserved;
	arena_fini(&scratch);
}

void judge(struct program *p, const struct selection *s, struct arena *a, struct judgement *out)
{
	memset(out, 0, sizeof(*out));
	cost_compute(p);
	spans_find(p);
	callbacks_find(p);
	verdicts_find(p);
	findings_init(&out->findings, a);
	run_rules(p, s, &out->findings, a);
	leave_out(p, &out->findings);
	suppress(p, s, &out->findings, a);
	apply_overrides(p, s, &out->findings);
	findings_finish(&out->findings);
	fine_count(p, out);
	count_gains(p, out);
}
