/* The report for people: each finding with its source, its path and the next step, then the Fine
 * Line. */
#include "findings/changes.h"
#include "report/evidence.h"
#include "report/fine_line.h"
#include "report/output.h"
#include "report/pen.h"
#include "report/report.h"
#include "report/snippet.h"
#include "report/utf8.h"

#include <string.h>

/* Paths longer than this are not padded to, so that one of them does not push all others out. */
#define STEP_PLACE_MAX 32
#define STEP_TEXT_MAX  44
#define PATCH_EDITS    8
#define STEP_CODE_MIN  16 /* less of a line of code tells nothing */

struct text {
	struct pen pen;
	struct sources sources;
};

static enum ink severity_ink(enum severity s)
{
	return s == SEVERITY_ERROR     ? INK_BOLD_RED
	       : s == SEVERITY_WARNING ? INK_BOLD_YELLOW
				       : INK_BOLD_CYAN;
}

static const char *place_text(struct arena *a, const struct place *p)
{
	if (!p->line)
		return p->file;
	if (!p->col)
		return arena_printf(a, "%s:%u", p->file, p->line);
	return arena_printf(a, "%s:%u:%u", p->file, p->line, p->col);
}

static void add_head(struct text *t, const struct finding *f)
{
	struct pen *p = &t->pen;
	pen_addf(p, INK_BOLD, "%s:", place_text(p->out->arena, &f->place));
	pen_blanks(p, 1);
	pen_addf(p, severity_ink(f->severity), "%s:", severity_name(f->severity));
	pen_blanks(p, 1);
	pen_add(p, INK_BOLD, f->message);
	pen_blanks(p, 1);
	pen_addf(p, INK_DIM, "[%s]", f->rule);
	pen_line_end(p);
}

/* "  why:  ", as wide as a snippet's gutter, so that all texts begin below the code. */
static void add_label(struct pen *p, const char *label)
{
	pen_blanks(p, 2);
	pen_addf(p, INK_CYAN, "%s:", label);
	pen_blanks(p, SNIPPET_GUTTER - 3 - strlen(label));
}

/* A fix may be a diff: its lines stay as they are. */
static void add_lines(struct pen *p, const char *s)
{
	for (size_t at = 0; s[at];) {
		size_t n = strcspn(s + at, "\n");
		if (at)
			pen_blanks(p, SNIPPET_GUTTER);
		pen_addn(p,
			s[at] == '+'   ? INK_CYAN
			: s[at] == '-' ? INK_RED
				       : INK_PLAIN,
			s + at, n);
		pen_line_end(p);
		at += n + (s[at + n] == '\n');
	}
}

static void add_note(struct text *t, const char *label, const char *note)
{
	if (!*note)
		return;
	add_label(&t->pen, label);
	if (strchr(note, '\n')) {
		add_lines(&t->pen, note);
		return;
	}
	pen_wrapped(&t->pen, INK_PLAIN, note, SNIPPET_GUTTER);
	pen_line_end(&t->pen);
}

/* Only what the reader does not know yet: the line, and the file when it is another one. */
static const char *step_place(struct arena *a, const struct finding *f, const struct step *s)
{
	if (str_eq(s->place.file, f->place.file) || !s->place.file)
		return arena_printf(a, "%u", s->place.line);
	return s->place.line ? arena_printf(a, "%s:%u", s->place.file, s->place.line)
			     : s->place.file;
}

static size_t widest(size_t sofar, const char *s, size_t limit)
{
	size_t width = utf8_width(s, strlen(s));
	return width > sofar && width <= limit ? width : sofar;
}

static void add_right(struct pen *p, enum ink ink, const char *s, size_t width)
{
	size_t own = utf8_width(s, strlen(s));
	pen_blanks(p, own < width ? width - own : 0);
	pen_add(p, ink, s);
}

static void add_step(
	struct text *t, const struct finding *f, uint32_t i, size_t place_width, size_t text_width)
{
	struct pen *p = &t->pen;
	const struct step *s = &f->steps[i];
	const char *place = step_place(p->out->arena, f, s), *text = s->text ? s->text : "";
	size_t number_width = f->nr_steps > 9 ? 3 : 2;
	if (i)
		pen_blanks(p, SNIPPET_GUTTER);
	else
		add_label(p, "path");
	add_right(p, INK_DIM, arena_printf(p->out->arena, "%u.", i + 1), number_width);
	pen_blanks(p, 1);
	add_right(p, INK_PLAIN, place, place_width);
	pen_blanks(p, 2);
	pen_add(p, INK_PLAIN, text);
	size_t place_cells = utf8_width(place, strlen(place));
	size_t text_cells = utf8_width(text, strlen(text));
	size_t used = SNIPPET_GUTTER + number_width + 1 +
		      (place_cells > place_width ? place_cells : place_width) + 2 +
		      (text_cells > text_width ? text_cells : text_width) + 2;
	struct source_line code = source_line_trimmed(&t->sources, s->place.file, s->place.line);
	if (code.n && used + STEP_CODE_MIN <= p->width) {
		pen_blanks(p, 2 + (text_cells < text_width ? text_width - text_cells : 0));
		pen_clipped(p, INK_DIM, code.s, code.n, p->width - used);
	}
	pen_line_end(p);
}

static void add_steps(struct text *t, const struct finding *f)
{
	size_t place_width = 0, text_width = 0;
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		const char *place = step_place(t->pen.out->arena, f, &f->steps[i]);
		const char *text = f->steps[i].text ? f->steps[i].text : "";
		place_width = widest(place_width, place, STEP_PLACE_MAX);
		text_width = widest(text_width, text, STEP_TEXT_MAX);
	}
	for (uint32_t i = 0; i < f->nr_steps; i++)
		add_step(t, f, i, place_width, text_width);
}

static void add_changed(struct pen *p, enum ink ink, char sign, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t len = end ? (size_t)(end - s) - at : n - at;
		pen_blanks(p, SNIPPET_GUTTER);
		pen_addf(p, ink, "%c", sign);
		pen_blanks(p, 1);
		pen_clipped(p, ink, s + at, len, p->width - SNIPPET_GUTTER - 2);
		pen_line_end(p);
		at += len + 1;
	}
}

/* The lines that the patch changes, when they are few and in one file. */
static void add_patch(struct text *t, const struct patch *patch)
{
	const struct edit *edits[PATCH_EDITS];
	struct arena *a = t->pen.out->arena;
	size_t n = 0, nr;
	if (!patch || patch->nr_edits > PATCH_EDITS)
		return;
	for (uint32_t i = 0; i < patch->nr_edits; i++) {
		edits[i] = &patch->edits[i];
		if (!str_eq(edits[i]->file, edits[0]->file))
			return;
	}
	const char *s = source_all(&t->sources, edits[0]->file, &n);
	if (!s || edits[patch->nr_edits - 1]->to > n)
		return;
	const struct change *all = changes_of(a, s, n, edits, patch->nr_edits, &nr);
	for (size_t i = 0; i < nr; i++) {
		add_changed(&t->pen, INK_RED, '-', all[i].old, all[i].old_n);
		add_changed(&t->pen, INK_CYAN, '+', all[i].text, all[i].text_n);
	}
	if (!patch->is_safe) {
		pen_blanks(&t->pen, SNIPPET_GUTTER);
		pen_add(&t->pen, INK_DIM, "unsafe: only otel-tidy fix --unsafe writes it");
		pen_line_end(&t->pen);
	}
}

static void add_finding(struct text *t, const struct finding *f)
{
	add_head(t, f);
	snippet_add(&t->pen, &t->sources, &f->place, severity_ink(f->severity));
	add_steps(t, f);
	add_note(t, "why", f->why);
	add_note(t, "fix", f->fix);
	add_patch(t, f->patch);
	add_label(&t->pen, "help");
	pen_addf(&t->pen, INK_DIM, "otel-tidy explain %s", f->rule);
	pen_line_end(&t->pen);
	pen_line_end(&t->pen);
}

static void add_incomplete(struct text *t, const struct report *r)
{
	struct pen *p = &t->pen;
	for (size_t i = 0; i < r->nr_incomplete; i++) {
		const struct incomplete *u = &r->incomplete[i];
		pen_addf(p, INK_BOLD, "%s:", u->file);
		pen_blanks(p, 1);
		pen_add(p, u->is_fatal ? INK_BOLD_RED : INK_BOLD_YELLOW,
			u->is_fatal ? "not analysed:" : "incomplete:");
		pen_blanks(p, 1);
		pen_add(p, INK_BOLD, u->text);
		pen_line_end(p);
		if (u->command && *u->command) {
			add_label(p, "see");
			pen_add(p, INK_DIM, u->command);
			pen_line_end(p);
		}
	}
	if (r->nr_incomplete)
		pen_line_end(p);
}

static const char *severities(struct arena *a, const struct output_counts *c)
{
	struct strbuf b;
	const struct {
		size_t n;
		const char *one, *many;
	} parts[] = {{c->errors, "error", "errors"}, {c->warnings, "warning", "warnings"},
		{c->notes, "note", "notes"}};
	strbuf_init(&b, a);
	for (size_t i = 0; i < 3; i++) {
		if (parts[i].n)
			strbuf_addf(&b, "%s%s", b.len ? ", " : "",
				count_of(a, parts[i].n, parts[i].one, parts[i].many));
	}
	return strbuf_str(&b);
}

static void add_total(struct text *t, const struct report *r)
{
	struct pen *p = &t->pen;
	struct arena *a = p->out->arena;
	struct output_counts c = output_count(r->findings);
	struct strbuf b;
	strbuf_init(&b, a);
	if (c.shown)
		strbuf_addf(&b, "%s (%s)", count_of(a, c.shown, "finding", "findings"),
			severities(a, &c));
	else
		strbuf_add(&b,
			r->nr_incomplete ? "No findings in what could be analysed" : "No findings");
	if (c.suppressed)
		strbuf_addf(&b, "; %zu suppressed", c.suppressed);
	if (r->nr_incomplete)
		strbuf_addf(&b, "; %s incomplete", count_of(a, r->nr_incomplete, "unit", "units"));
	pen_add(p, INK_BOLD, strbuf_str(&b));
	if (!c.shown)
		pen_add(p, INK_BOLD, ".");
	pen_line_end(p);
}

/* What a change got rid of, in one line each. */
static void add_mended(struct text *t, const struct report *r)
{
	struct pen *p = &t->pen;
	struct arena *a = p->out->arena;
	if (r->mended->all.nr && !r->is_quiet)
		pen_line_end(p);
	for (size_t i = 0; i < r->mended->all.nr; i++) {
		const struct finding *f = &r->mended->all.at[i];
		pen_addf(p, INK_DIM, "mended: %s: %s [%s]", place_text(a, &f->place), f->message,
			f->rule);
		pen_line_end(p);
	}
	pen_addf(p, INK_DIM, "Compared with %.12s: %s, %zu mended.", r->base,
		count_of(a, output_count(r->findings).shown, "finding is new", "findings are new"),
		r->mended->all.nr);
	pen_line_end(p);
}

bool report_text(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct text t = {.pen = {.out = &b,
				 .width = r->width ? r->width : PEN_WIDTH,
				 .color = r->color,
				 .is_unicode = r->is_unicode}};
	strbuf_init(&b, scratch);
	sources_init(&t.sources, scratch, r->root);
	for (size_t i = 0; i < r->findings->all.nr; i++) {
		if (!r->findings->all.at[i].is_suppressed)
			add_finding(&t, &r->findings->all.at[i]);
	}
	add_incomplete(&t, r);
	if (r->evidence && !r->is_quiet)
		evidence_text(&t.pen, r->evidence);
	if (!r->is_quiet) {
		fine_line_add(&t.pen, r->line);
		pen_line_end(&t.pen);
		add_total(&t, r);
	}
	if (r->base)
		add_mended(&t, r);
	return output_write(out, &b);
}
