/* Renders the Fine Line: counts, and under | right | over as a bar. */
#include "report/fine_line.h"

#include <string.h>

#define LABEL   16 /* columns of the longest label and its gap */
#define BAR_MIN 10
#define BAR_MAX 40

static void add_label(struct pen *p, const char *label)
{
	pen_blanks(p, 4);
	pen_add(p, INK_DIM, label);
	pen_blanks(p, LABEL - strlen(label));
}

/* ", 5 undecided" after the first of a list; nothing for 0. */
static void add_part(struct strbuf *b, bool *has_parts, uint32_t n, const char *what)
{
	if (!n)
		return;
	strbuf_addf(b, "%s%u %s", *has_parts ? ", " : ": ", n, what);
	*has_parts = true;
}

static void add_spans(struct pen *p, const struct fine_line *l)
{
	struct strbuf b;
	bool has_parts = false;
	strbuf_init(&b, p->out->arena);
	if (l->spans)
		strbuf_addf(&b, "%u found", l->spans);
	else
		strbuf_add(&b, "none found");
	if (l->deserved && l->on_critical) {
		strbuf_addf(&b, ": %u deserved (%u critical)", l->deserved, l->on_critical);
		has_parts = true;
	} else {
		add_part(&b, &has_parts, l->deserved, "deserved");
		add_part(&b, &has_parts, l->on_critical, "critical");
	}
	add_part(&b, &has_parts, l->trivial, "trivial");
	add_part(&b, &has_parts, l->undecided, "undecided");
	add_label(p, "spans");
	pen_wrapped(p, INK_PLAIN, strbuf_str(&b), 4 + LABEL);
	pen_line_end(p);
}

static void add_critical_paths(struct pen *p, const struct fine_line *l)
{
	struct arena *a = p->out->arena;
	const char *text = "none annotated; mark them with OTEL_CRITICAL_PATH(\"name\")";
	if (l->critical_paths)
		text = arena_printf(a,
			"%u annotated: %u with a span, %u with every required attribute",
			l->critical_paths, l->critical_covered, l->critical_complete);
	add_label(p, "critical paths");
	pen_wrapped(p, INK_PLAIN, text, 4 + LABEL);
	pen_line_end(p);
}

static void add_coverage(struct pen *p, const struct fine_line *l)
{
	struct arena *a = p->out->arena;
	uint32_t whole = l->units > l->units_failed ? l->units - l->units_failed : 0;
	const char *units = l->units_failed ? arena_printf(a, "%u of %s", whole,
						      count_of(a, l->units, "unit", "units"))
					    : count_of(a, l->units, "unit", "units");
	struct strbuf b;
	strbuf_init(&b, a);
	strbuf_addf(&b, "%s, %s", units, count_of(a, l->functions, "function", "functions"));
	if (l->functions_incomplete)
		strbuf_addf(&b, ", %u incomplete", l->functions_incomplete);
	add_label(p, "coverage");
	pen_wrapped(p, INK_PLAIN, strbuf_str(&b), 4 + LABEL);
	pen_line_end(p);
}

/* Cells for each part: at least one where there is anything, the rest by share. The largest part
 * takes what rounding leaves. */
static void share(const uint32_t parts[3], unsigned cells, unsigned out[3])
{
	uint64_t total = (uint64_t)parts[0] + parts[1] + parts[2];
	unsigned used = 0, largest = 0;
	for (unsigned i = 0; i < 3; i++) {
		out[i] = (unsigned)(parts[i] * (uint64_t)cells / total);
		if (parts[i] && !out[i])
			out[i] = 1;
		used += out[i];
		if (parts[i] > parts[largest])
			largest = i;
	}
	out[largest] += cells - used;
}

static void add_bar(struct pen *p, const struct fine_line *l)
{
	static const char *const ascii[] = {"-", "=", "+"};
	static const char *const unicode[] = {"\xe2\x96\x91", "\xe2\x96\x88", "\xe2\x96\x92"};
	static const enum ink inks[] = {INK_YELLOW, INK_CYAN, INK_RED};
	const char *edge = p->is_unicode ? "\xe2\x94\x82" : "|";
	uint32_t under = l->critical_paths > l->critical_complete
				 ? l->critical_paths - l->critical_complete
				 : 0;
	const uint32_t parts[] = {under, l->deserved, l->trivial};
	unsigned cells[3];
	if (!parts[0] && !parts[1] && !parts[2])
		return;
	/* the bar takes what the two edges, the gap and the legend leave */
	size_t legend = strlen(arena_printf(
		p->out->arena, "%u under | %u right | %u over", parts[0], parts[1], parts[2]));
	size_t taken = 4 + LABEL + 2 + 2 + legend;
	size_t room = p->width > taken + BAR_MIN ? p->width - taken : BAR_MIN;
	share(parts, room < BAR_MAX ? (unsigned)room : BAR_MAX, cells);
	add_label(p, "balance");
	for (unsigned i = 0; i < 3; i++) {
		struct strbuf run;
		strbuf_init(&run, p->out->arena);
		for (unsigned k = 0; k < cells[i]; k++)
			strbuf_add(&run, p->is_unicode ? unicode[i] : ascii[i]);
		if (i)
			pen_add(p, INK_DIM, edge);
		pen_add(p, inks[i], strbuf_str(&run));
	}
	pen_addf(p, INK_PLAIN, "  %u under ", parts[0]);
	pen_add(p, INK_DIM, edge);
	pen_addf(p, INK_PLAIN, " %u right ", parts[1]);
	pen_add(p, INK_DIM, edge);
	pen_addf(p, INK_PLAIN, " %u over", parts[2]);
	pen_line_end(p);
}

void fine_line_add(struct pen *p, const struct fine_line *line)
{
	pen_blanks(p, 2);
	pen_add(p, INK_BOLD, "The Fine Line");
	pen_line_end(p);
	add_bar(p, line);
	add_spans(p, line);
	add_critical_paths(p, line);
	add_coverage(p, line);
}
