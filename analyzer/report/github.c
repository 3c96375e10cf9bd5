/* GitHub Actions: workflow commands that become annotations, and a summary of the step.
 *
 * GitHub shows ten annotations of a kind for a step and drops the rest without a word, so the ten
 * most severe are annotated and every one is in the summary. Commands and their escapes:
 * docs.github.com, "Workflow commands for GitHub Actions"; the runner reads them back in
 * ActionCommand.cs. */
#include "report/output.h"
#include "report/pen.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

#define NR_ANNOTATIONS 10
/* GitHub refuses a summary over 1 MiB as a whole. */
#define SUMMARY_BYTES ((size_t)900 * 1024)

struct github {
	struct strbuf *out;
	struct arena *arena;
	const struct report *report;
};

/* `is_property`: the value of a property, where commas and colons mean something. */
static void escaped(struct strbuf *b, const char *s, bool is_property)
{
	for (; *s; s++) {
		if (*s == '%' || *s == '\r' || *s == '\n' ||
			(is_property && (*s == ':' || *s == ',')))
			strbuf_addf(b, "%%%02X", (unsigned)(unsigned char)*s);
		else
			strbuf_addc(b, *s);
	}
}

static void add_property(struct strbuf *b, const char *name, const char *value, bool is_first)
{
	strbuf_addf(b, "%s%s=", is_first ? " " : ",", name);
	escaped(b, value, true);
}

static void add_number(struct strbuf *b, const char *name, uint32_t value)
{
	if (value)
		strbuf_addf(b, ",%s=%u", name, value);
}

static void add_annotation(struct github *g, const struct finding *f)
{
	static const char *const commands[] = {"notice", "warning", "error"};
	struct strbuf *b = g->out;
	strbuf_addf(b, "::%s", commands[f->severity]);
	add_property(b, "file", output_repository_path(g->report, g->arena, f->place.file), true);
	add_number(b, "line", f->place.line);
	add_number(b, "col", f->place.col);
	add_number(b, "endColumn", f->place.end_col);
	add_property(b, "title", f->rule, false);
	strbuf_add(b, "::");
	escaped(b, f->message, false);
	if (f->fix[0]) {
		strbuf_add(b, "%0A");
		escaped(b, f->fix, false);
	}
	strbuf_addc(b, '\n');
}

/* One for all of them: each unit of its own would push findings out. */
static size_t add_incomplete(struct github *g)
{
	const struct report *r = g->report;
	if (!r->nr_incomplete)
		return 0;
	strbuf_add(g->out, "::warning title=analysis incomplete::");
	escaped(g->out,
		arena_printf(g->arena, "%s not analysed whole, so that findings may be missing",
			count_of(g->arena, r->nr_incomplete, "unit was", "units were")),
		false);
	for (size_t i = 0; i < r->nr_incomplete && i < 5; i++) {
		escaped(g->out,
			arena_printf(
				g->arena, "\n%s: %s", r->incomplete[i].file, r->incomplete[i].text),
			false);
	}
	strbuf_addc(g->out, '\n');
	return 1;
}

/* ---- the summary, in Markdown ---- */

/* Texts of messages in a table: nothing of theirs may end the cell or be markup. */
static void add_cell(struct strbuf *b, const char *s)
{
	for (; *s; s++) {
		if (*s == '\n' || *s == '\r')
			strbuf_addc(b, ' ');
		else if (strchr("|\\`*_<>[]#~&", *s))
			strbuf_addf(b, "&#%u;", (unsigned)(unsigned char)*s);
		else
			strbuf_addc(b, *s);
	}
}

static void add_row(struct github *g, struct strbuf *b, const struct finding *f)
{
	strbuf_addf(b, "| %s | ", severity_name(f->severity));
	add_cell(b, output_repository_path(g->report, g->arena, f->place.file));
	if (f->place.line)
		strbuf_addf(b, ":%u", f->place.line);
	strbuf_addf(b, " | %s | ", f->rule);
	add_cell(b, f->message);
	strbuf_add(b, " | ");
	add_cell(b, f->fix);
	strbuf_add(b, " |\n");
}

static void add_summary_head(struct github *g, struct strbuf *b, size_t nr)
{
	const struct report *r = g->report;
	const struct fine_line *l = r->line;
	strbuf_addf(b, "### otel-tidy: %s\n\n", count_of(g->arena, nr, "finding", "findings"));
	const char *gate = output_gate(r, g->arena);
	if (gate)
		strbuf_addf(b, "**%s.**\n\n", gate);
	if (r->base)
		strbuf_addf(b, "Compared with `%.12s`: %zu new, %zu mended.\n\n", r->base, nr,
			r->mended->all.nr);
	strbuf_addf(b, "%s: %u deserved, %u too many, %u undecided; %u of %s complete; %s, %s.\n\n",
		count_of(g->arena, l->spans, "span", "spans"), l->deserved, l->trivial,
		l->undecided, l->critical_complete,
		count_of(g->arena, l->critical_paths, "critical path", "critical paths"),
		count_of(g->arena, l->units, "unit", "units"),
		count_of(g->arena, l->functions, "function", "functions"));
}

static void add_summary(
	struct github *g, struct strbuf *b, const struct finding *const *f, size_t nr)
{
	const struct report *r = g->report;
	size_t shown = 0;
	add_summary_head(g, b, nr);
	if (nr)
		strbuf_add(b, "| severity | place | rule | what | next step |\n"
			      "|---|---|---|---|---|\n");
	for (; shown < nr && b->len < SUMMARY_BYTES; shown++)
		add_row(g, b, f[shown]);
	if (shown < nr)
		strbuf_addf(b, "\n%zu more are left out: a summary holds 1 MiB.\n", nr - shown);
	if (r->nr_incomplete)
		strbuf_add(b, "\n| not analysed whole | why |\n|---|---|\n");
	for (size_t i = 0; i < r->nr_incomplete && b->len < SUMMARY_BYTES; i++) {
		strbuf_add(b, "| ");
		add_cell(b, r->incomplete[i].file);
		strbuf_add(b, " | ");
		add_cell(b, r->incomplete[i].text);
		strbuf_add(b, " |\n");
	}
	strbuf_addc(b, '\n');
}

/* Other steps' tools write to the same file: it is added to. */
static bool write_summary(struct github *g, const struct finding *const *f, size_t nr)
{
	struct strbuf b;
	FILE *out = fopen(g->report->summary_file, "a");
	if (!out)
		return false;
	strbuf_init(&b, g->arena);
	add_summary(g, &b, f, nr);
	bool is_written = output_write(out, &b);
	int saved = errno;
	if (fclose(out) != 0)
		return false;
	errno = saved;
	return is_written;
}

bool report_github(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct github g = {.out = &b, .arena = scratch, .report = r};
	size_t nr;
	strbuf_init(&b, scratch);
	const struct finding *const *f = output_by_severity(r, scratch, &nr);
	bool has_summary = r->summary_file && r->summary_file[0];
	if (has_summary && !write_summary(&g, f, nr)) {
		/* the findings still arrive, and the exit code is what it is */
		strbuf_add(&b, "::warning title=no summary::");
		escaped(&b, arena_printf(scratch, "%s: %s", r->summary_file, strerror(errno)),
			false);
		strbuf_addc(&b, '\n');
		has_summary = false;
	}
	size_t room = NR_ANNOTATIONS - add_incomplete(&g);
	for (size_t i = 0; i < nr && i < room; i++)
		add_annotation(&g, f[i]);
	strbuf_addf(&b, "otel-tidy: %s", count_of(scratch, nr, "finding", "findings"));
	if (nr > room)
		strbuf_addf(&b, ", the %zu most severe of them annotated%s", room,
			has_summary ? ", all of them in the step's summary" : "");
	strbuf_add(&b, ".\n");
	const char *gate = output_gate(r, scratch);
	if (gate)
		strbuf_addf(&b, "otel-tidy: %s.\n", gate);
	if (r->base)
		strbuf_addf(&b, "otel-tidy: compared with %.12s, %zu mended.\n", r->base,
			r->mended->all.nr);
	return output_write(out, &b);
}
