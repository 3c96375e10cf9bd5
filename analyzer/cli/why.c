/* `otel-tidy why FILE:LINE`: explains a report, and a silence alike. */
#include "cli/why.h"

#include "base/path.h"
#include "cli/commands.h"
#include "cli/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *why_place(const struct why *w, const struct ir_loc *loc)
{
	return arena_printf(w->arena, "%s:%u", program_file(w->program, loc), loc->line);
}

/* ---- findings and suppressions ---- */

static bool is_inside(const struct why *w, const char *file, uint32_t line)
{
	return str_eq(file, program_file(w->program, &w->func->ir->loc)) &&
	       line >= w->func->ir->loc.line && line <= w->func->ir->end_line;
}

static const struct rule *rule_named(const char *name)
{
	return rules_find(name);
}

static void add_finding(const struct why *w, const struct finding *f, bool was_enabled)
{
	const struct rule *rule = rule_named(f->rule);
	strbuf_addf(w->out, "  %s:%u: %s: %s [%s]\n", f->place.file, f->place.line,
		severity_name(f->severity), f->message, f->rule);
	for (uint32_t i = 0; i < f->nr_steps; i++)
		strbuf_addf(w->out, "    %s:%u: %s\n", f->steps[i].place.file,
			f->steps[i].place.line, f->steps[i].text);
	if (f->is_suppressed)
		strbuf_addf(w->out, "    suppressed, because: %s\n", f->justification);
	if (rule && !was_enabled)
		strbuf_addf(w->out,
			"    not reported: the rule is \"%s\", and this profile has it off\n",
			rule->tier);
}

static void add_findings(const struct why *w, const struct findings *all, const bool *was_enabled)
{
	bool found = false;
	strbuf_add(w->out, "\nFindings\n");
	for (size_t i = 0; i < all->all.nr; i++) {
		const struct finding *f = &all->all.at[i];
		if (!is_inside(w, f->place.file, f->place.line))
			continue;
		bool is_on = true;
		for (size_t k = 0; k < w->setup->selection.nr; k++)
			if (str_eq(w->setup->selection.rules[k].name, f->rule))
				is_on = was_enabled[k];
		found = true;
		add_finding(w, f, is_on);
	}
	if (!found)
		strbuf_add(w->out, "  none in this function, by any rule\n");
}

static void add_suppressions(const struct why *w)
{
	for (size_t i = 0; i < w->program->comments.nr; i++) {
		const struct ir_comment *c = &w->program->comments.at[i];
		if (!is_inside(w, program_file(w->program, &c->loc), c->target))
			continue;
		bool is_all = c->alone && c->target == w->func->ir->loc.line;
		strbuf_addf(w->out, "  line %u suppresses on %s: %s\n", c->loc.line,
			is_all ? "the whole function"
			       : arena_printf(w->arena, "line %u", c->target),
			c->text);
	}
}

static void add_incomplete(const struct why *w)
{
	const struct program_unit *u = &w->program->units.at[w->func->unit];
	for (size_t i = 0; i < w->setup->incomplete.nr; i++) {
		const struct incomplete *one = &w->setup->incomplete.at[i];
		if (str_eq(one->file, u->main_file))
			strbuf_addf(
				w->out, "  its unit %s is incomplete: %s\n", one->file, one->text);
	}
}

/* ---- the question ---- */

struct question {
	const char *file; /* relative to the root, as the program has it */
	uint32_t line;
};

static int parse(struct options *o, struct question *q)
{
	if (o->paths.nr != 1)
		return cli_fail("why takes one place, FILE:LINE");
	const char *text = o->paths.at[0], *colon = strrchr(text, ':');
	char *end = NULL;
	unsigned long line = colon ? strtoul(colon + 1, &end, 10) : 0;
	if (colon == text)
		return cli_fail("%s: why takes a place, FILE:LINE; the file is missing", text);
	if (!colon || !end || *end || line < 1 || line > UINT32_MAX)
		return cli_fail("%s: why takes a place, FILE:LINE, as in %s:12", text,
			colon ? arena_strndup(o->arena, text, (size_t)(colon - text)) : text);
	q->file = arena_strndup(o->arena, text, (size_t)(colon - text));
	q->line = (uint32_t)line;
	/* every unit is asked for: what a function does may stand in any of them */
	o->paths.nr = 0;
	if (o->has_flags)
		vec_push(o->arena, &o->paths, q->file);
	return 0;
}

/* The innermost function around the line. */
static struct func *find_function(const struct program *p, const struct question *q)
{
	struct func *best = NULL;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (!str_eq(program_file(p, &f->ir->loc), q->file) || q->line < f->ir->loc.line ||
			q->line > f->ir->end_line)
			continue;
		if (!best || f->ir->loc.line >= best->ir->loc.line)
			best = f;
	}
	return best;
}

static int no_function(struct options *o, const struct program *p, const struct question *q)
{
	struct func *near = NULL;
	const char **names = arena_array(o->arena, const char *, p->files.nr);
	bool is_known = false;
	for (size_t i = 0; i < p->files.nr; i++) {
		names[i] = p->files.at[i].path;
		is_known |= str_eq(names[i], q->file);
	}
	if (!is_known) {
		const char *like = str_nearest(q->file, names, p->files.nr);
		if (like)
			return cli_fail(
				"%s: not part of the program; did you mean %s?", q->file, like);
		return cli_fail(
			"%s: not part of the program; is its unit in the database?", q->file);
	}
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (str_eq(program_file(p, &f->ir->loc), q->file) && f->ir->loc.line > q->line &&
			(!near || f->ir->loc.line < near->ir->loc.line))
			near = f;
	}
	if (near)
		return cli_fail("%s:%u: no function is there; the next one is %s() on line %u",
			q->file, q->line, ir_simple_name(near->ir->name), near->ir->loc.line);
	return cli_fail("%s:%u: no function is there, nor behind it", q->file, q->line);
}

/* With every rule, so that what another profile would say is seen as well. */
static bool *enable_all(struct setup *s, struct arena *a)
{
	bool *before = arena_array(a, bool, s->selection.nr);
	for (size_t i = 0; i < s->selection.nr; i++) {
		before[i] = s->selection.enabled[i];
		s->selection.enabled[i] = true;
	}
	return before;
}

static void explain(struct why *w, const struct findings *all, const bool *was_enabled)
{
	const struct ir_func *f = w->func->ir;
	strbuf_addf(w->out, "%s:%u is in %s(), lines %u to %u\n", program_file(w->program, &f->loc),
		w->line, f->name, f->loc.line, f->end_line);
	add_findings(w, all, was_enabled);
	add_suppressions(w);
	add_incomplete(w);
	why_calls(w);
	why_function(w);
}

int command_why(struct options *o)
{
	struct setup s;
	struct question q = {.file = ""};
	struct judgement j;
	struct strbuf out;
	int failed = parse(o, &q);
	if (!failed)
		failed = gather(&s, o);
	if (failed)
		return failed;
	q.file = path_relative(o->arena, s.root, path_join(o->arena, path_cwd(o->arena), q.file));
	program_link(&s.program);
	const bool *was_enabled = enable_all(&s, o->arena);
	judge(&s.program, &s.selection, o->arena, &j);
	struct func *f = find_function(&s.program, &q);
	if (!f)
		return no_function(o, &s.program, &q);
	strbuf_init(&out, o->arena);
	struct why w = {.setup = &s,
		.program = &s.program,
		.arena = o->arena,
		.out = &out,
		.func = f,
		.line = q.line};
	explain(&w, &j.findings, was_enabled);
	if (fputs(strbuf_str(&out), stdout) == EOF || fflush(stdout) == EOF)
		return cli_fail("cannot write to standard output");
	return s.incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
