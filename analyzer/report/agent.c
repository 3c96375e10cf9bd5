/* The report for coding agents: short, in the imperative, the same shape always (docs/agents.md
 * describes it; lines may be added there, none changes its meaning).
 *
 *	otel-tidy-agent 1
 *	TODO src/a.c:30:2 [accessor-span] remove the span; …
 *	  because: span "x" times …
 *	  path: 30 started here > 41 leaves with the span still open
 *	  edit: safe
 *	  - old line
 *	  + new line
 *	SKIPPED src/b.c 'x.h' file not found (b.c:3)
 *	MENDED src/c.c:7:2 [span-leak] span "y" is not ended on this path
 *	GATE this change adds spans to 23 functions; 2 deserve one
 *	DONE 1 to do, 1 not analysed, exit 1
 */
#include "base/path.h"
#include "findings/changes.h"
#include "report/output.h"
#include "report/report.h"
#include "report/source.h"
#include "report/utf8.h"

#include <string.h>

struct agent {
	struct strbuf b;
	struct arena *arena;
	struct sources sources;
	const struct report *report;
};

/* Texts stay on their line. */
static void add_text(struct agent *t, const char *s)
{
	for (; *s; s++)
		strbuf_addc(&t->b, *s == '\n' || *s == '\r' ? ' ' : *s);
}

static void add_place(struct agent *t, const struct place *p)
{
	add_text(t, p->file ? p->file : "");
	if (p->line)
		strbuf_addf(&t->b, ":%u", p->line);
	if (p->line && p->col)
		strbuf_addf(&t->b, ":%u", p->col);
}

static void add_path(struct agent *t, const struct finding *f)
{
	if (!f->nr_steps)
		return;
	strbuf_add(&t->b, "  path: ");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		const struct step *s = &f->steps[i];
		strbuf_add(&t->b, i ? " > " : "");
		if (s->place.file && !str_eq(s->place.file, f->place.file)) {
			add_text(t, s->place.file);
			strbuf_addc(&t->b, ':');
		}
		strbuf_addf(&t->b, "%u ", s->place.line);
		add_text(t, s->text ? s->text : "");
	}
	strbuf_addc(&t->b, '\n');
}

static void add_lines(struct agent *t, char sign, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t len = end ? (size_t)(end - s) - at : n - at;
		strbuf_addf(&t->b, "  %c ", sign);
		strbuf_addn(&t->b, s + at, len && s[at + len - 1] == '\r' ? len - 1 : len);
		strbuf_addc(&t->b, '\n');
		at += len + 1;
	}
}

static void add_file_edits(struct agent *t, const struct edit *const *edits, size_t nr)
{
	size_t n = 0, nr_changes;
	const char *s = source_all(&t->sources, edits[0]->file, &n);
	if (!s || edits[nr - 1]->to > n)
		return;
	const struct change *all = changes_of(t->arena, s, n, edits, nr, &nr_changes);
	for (size_t i = 0; i < nr_changes; i++) {
		strbuf_addf(&t->b, "  @ %s:%u\n", edits[0]->file, all[i].line);
		add_lines(t, '-', all[i].old, all[i].old_n);
		add_lines(t, '+', all[i].text, all[i].text_n);
	}
}

/* Lines with their blanks, so that they can be written as they are. */
static void add_patch(struct agent *t, const struct patch *patch)
{
	if (!patch || !patch->nr_edits)
		return;
	strbuf_addf(&t->b, "  edit: %s\n", patch->is_safe ? "safe" : "unsafe");
	const struct edit **edits = arena_array(t->arena, const struct edit *, patch->nr_edits);
	for (uint32_t i = 0; i < patch->nr_edits; i++)
		edits[i] = &patch->edits[i];
	for (uint32_t from = 0, to; from < patch->nr_edits; from = to) {
		to = from + 1;
		while (to < patch->nr_edits && str_eq(edits[to]->file, edits[from]->file))
			to++;
		add_file_edits(t, edits + from, to - from);
	}
}

static void add_finding(struct agent *t, const struct finding *f)
{
	strbuf_add(&t->b, "TODO ");
	add_place(t, &f->place);
	strbuf_addf(&t->b, " [%s] ", f->rule);
	add_text(t, f->fix[0] ? f->fix : f->message);
	strbuf_addc(&t->b, '\n');
	if (f->fix[0]) {
		strbuf_add(&t->b, "  because: ");
		add_text(t, f->message);
		strbuf_addc(&t->b, '\n');
	}
	add_path(t, f);
	add_patch(t, f->patch);
}

bool report_agent(FILE *out, const struct report *r, struct arena *scratch)
{
	struct agent t = {.arena = scratch, .report = r};
	struct output_counts c = output_count(r->findings);
	strbuf_init(&t.b, scratch);
	sources_init(&t.sources, scratch, r->root);
	strbuf_add(&t.b, "otel-tidy-agent 1\n");
	for (size_t i = 0; i < r->findings->all.nr; i++)
		if (!r->findings->all.at[i].is_suppressed)
			add_finding(&t, &r->findings->all.at[i]);
	for (size_t i = 0; i < r->nr_incomplete; i++) {
		strbuf_add(&t.b, "SKIPPED ");
		add_text(&t, path_relative(scratch, r->root, r->incomplete[i].file));
		strbuf_addc(&t.b, ' ');
		add_text(&t, r->incomplete[i].text);
		strbuf_addc(&t.b, '\n');
	}
	for (size_t i = 0; r->base && i < r->mended->all.nr; i++) {
		const struct finding *f = &r->mended->all.at[i];
		strbuf_add(&t.b, "MENDED ");
		add_place(&t, &f->place);
		strbuf_addf(&t.b, " [%s] ", f->rule);
		add_text(&t, f->message);
		strbuf_addc(&t.b, '\n');
	}
	const char *gate = output_gate(r, scratch);
	if (gate)
		strbuf_addf(&t.b, "GATE %s\n", gate);
	strbuf_addf(&t.b, "DONE %zu to do, %zu not analysed, exit %d\n", c.shown, r->nr_incomplete,
		r->exit_code);
	struct strbuf clean;
	strbuf_init(&clean, scratch);
	for (const char *line = strbuf_str(&t.b); *line;) {
		size_t n = strcspn(line, "\n");
		for (size_t i = 0, at = 0; i < n; i = at) { /* tabs belong to the code */
			while (at < n && line[at] != '\t')
				at++;
			utf8_add_safe(&clean, line + i, at - i, true);
			if (at < n)
				strbuf_addc(&clean, line[at++]);
		}
		strbuf_addc(&clean, '\n');
		line += n + (line[n] == '\n');
	}
	return output_write(out, &clean);
}
