/* The flame view: spans of one name below one parent become one box, as wide as its share of time.
 */
#include "traces/html.h"

#include "base/duration.h"
#include "base/map.h"

#define BOX_HEIGHT 20
#define DEPTH_MAX  60
#define LABEL_MAX  100

struct box {
	const struct trace_span *span; /* the first one */
	struct box *parent;
	uint32_t depth, number; /* from 1 */
	size_t nr, nr_errors;
	uint64_t total, below; /* durations of its spans, and of those right below them */
	double x, width;       /* percent */
	double filled;         /* how much of its width its children have taken */
};

struct flame {
	struct box **at; /* parents before children */
	size_t nr;
	uint64_t total; /* of the roots */
	uint32_t depth;
};

static void merge(struct flame *f, struct arena *a, const struct trace *t)
{
	struct map by_path;
	struct box **box_of = arena_array(a, struct box *, t->nr);
	map_init(&by_path, a);
	f->at = arena_array(a, struct box *, t->nr);
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_node *n = t->order[i];
		struct box *parent = n->parent ? box_of[n->parent->number] : NULL;
		if (n->depth >= DEPTH_MAX || (n->parent && !parent))
			continue;
		const char *key = arena_printf(a, "%u/%s/%s", parent ? parent->number : 0,
			n->span->service, n->span->name);
		void **slot = map_slot(&by_path, key);
		if (!*slot) {
			struct box *b = arena_new(a, struct box);
			*b = (struct box){.span = n->span,
				.parent = parent,
				.depth = n->depth,
				.number = (uint32_t)f->nr + 1};
			f->at[f->nr++] = *slot = b;
		}
		struct box *b = box_of[i] = *slot;
		uint64_t duration = trace_span_duration(n->span);
		b->nr++;
		b->nr_errors += n->span->status == STATUS_ERROR;
		b->total += duration;
		*(parent ? &parent->below : &f->total) += duration;
	}
}

/* Children share their parent's width; when they ran side by side, they fill it together. */
static void place(struct flame *f)
{
	double filled = 0;
	for (size_t i = 0; i < f->nr; i++) {
		struct box *b = f->at[i], *p = b->parent;
		uint64_t whole = !p ? f->total : p->below > p->total ? p->below : p->total;
		double room = p ? p->width : 100, *taken = p ? &p->filled : &filled;
		b->width = whole ? room * (double)b->total / (double)whole : p ? 0 : 100;
		b->x = (p ? p->x : 0) + *taken;
		*taken += b->width;
	}
}

static void add_box(struct strbuf *out, const struct box *b)
{
	struct arena *a = out->arena;
	uint64_t self = b->total > b->below ? b->total - b->below : 0;
	strbuf_addf(out,
		"<g class=\"box c%u%s\" tabindex=\"0\" role=\"treeitem\" aria-level=\"%u\" "
		"aria-label=\"",
		html_color(b->span->service), b->nr_errors ? " err" : "", b->depth + 1);
	struct strbuf label;
	strbuf_init(&label, a);
	html_text_cut(&label, b->span->name[0] ? b->span->name : "(no name)", LABEL_MAX);
	const char *name = strbuf_str(&label);
	const char *rest = arena_printf(a, "%s, %zu %s, %s, of it %s itself%s", name, b->nr,
		b->nr == 1 ? "span" : "spans", duration_text(a, b->total, true),
		duration_text(a, self, true),
		b->nr_errors ? arena_printf(a, ", %zu with an error", b->nr_errors) : "");
	strbuf_addf(out,
		"%s\"><title>%s</title><svg x=\"%.4f%%\" y=\"%u\" width=\"%.4f%%\" height=\"%d\">"
		"<rect width=\"100%%\" height=\"100%%\"/><text x=\"4\" "
		"y=\"14\">%s%s</text></svg></g>\n",
		rest, rest, b->x, b->depth * BOX_HEIGHT, b->width, BOX_HEIGHT - 1,
		b->nr_errors ? "\xe2\x9c\x97 " : "", name);
}

void html_flame(struct strbuf *out, const struct trace *t)
{
	struct flame f = {.at = NULL};
	size_t nr_drawn = 0, nr_small = 0;
	merge(&f, out->arena, t);
	place(&f);
	for (size_t i = 0; i < f.nr; i++)
		if (f.at[i]->width >= 0.02 && f.at[i]->depth > f.depth)
			f.depth = f.at[i]->depth;
	strbuf_addf(out,
		"<svg class=\"flame\" width=\"100%%\" height=\"%u\" role=\"tree\" "
		"aria-label=\"Flame: time by name\">\n",
		(f.depth + 1) * BOX_HEIGHT);
	for (size_t i = 0; i < f.nr; i++) {
		if (f.at[i]->width < 0.02 || nr_drawn == HTML_FLAME) {
			nr_small++;
			continue;
		}
		add_box(out, f.at[i]);
		nr_drawn++;
	}
	strbuf_add(out, "</svg>\n");
	if (nr_small)
		strbuf_addf(out, "<p class=\"note\">%zu boxes are too small to be drawn.</p>\n",
			nr_small);
}
