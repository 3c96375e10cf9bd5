/* Turns plans into edits, by looking at the source. */
#include "findings/patch.h"

#include "base/map.h"
#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"
#include "findings/finding.h"
#include "findings/source_text.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE_BYTES ((size_t)16 << 20)
#define MAX_EDITS    64

struct resolver {
	struct arena *arena;
	const char *root;
	struct map files; /* path → struct source_text; no text: unreadable */
	struct patch *patch;
	struct source_text *text;
	const char *file;
	struct edit edits[MAX_EDITS];
	size_t nr;
	struct source_range at_start; /* PLAN_START: where to write, */
	const char *before, *after;   /* what around the attributes, */
	struct strbuf moved;          /* and the attributes */
};

static struct source_text *text_of(struct resolver *r, const char *file)
{
	void **slot = map_slot(&r->files, file);
	if (*slot)
		return *slot;
	struct source_text *t = arena_new(r->arena, struct source_text);
	*slot = t;
	size_t n = 0;
	/* a file outside of the root is not ours to change */
	const char *s =
		file[0] && file[0] != '/'
			? file_read(r->arena, path_join(r->arena, r->root, file), SOURCE_BYTES, &n)
			: NULL;
	if (s && strlen(s) == n)
		source_text_init(t, r->arena, s, n);
	return t;
}

static bool add_edit(struct resolver *r, struct source_range range, const char *text)
{
	if (r->nr == MAX_EDITS)
		return false;
	struct edit e = {.file = r->file, .from = range.from, .to = range.to, .text = text};
	source_place(r->text, range.from, &e.line, &e.col);
	source_place(r->text, range.to, &e.end_line, &e.end_col);
	r->edits[r->nr++] = e;
	return true;
}

static bool replace(struct resolver *r, const struct plan *p, size_t at)
{
	size_t n = strlen(p->old);
	if (strncmp(r->text->s + at, p->old, n) != 0)
		return false;
	char before = at ? r->text->s[at - 1] : ' ';
	/* u8"…" and R"…" are other texts than they seem */
	if ((before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
		(before >= '0' && before <= '9') || before == '_')
		return false;
	return add_edit(r, (struct source_range){at, at + n}, p->text);
}

static bool remove_statement(struct resolver *r, size_t at)
{
	struct source_range range;
	return source_statement(r->text, at, &range) &&
	       add_edit(r, source_with_lines(r->text, range), "");
}

/* The braces of `{{"a", 1}}` or of `{}` when the argument is such a list. */
static bool is_list(const struct resolver *r, struct source_range arg)
{
	return r->text->s[arg.from] == '{' && source_close(r->text, arg.from) == arg.to - 1;
}

static bool start(struct resolver *r, const struct plan *p, size_t at)
{
	struct source_range args[4];
	size_t open = source_call(r->text, at, p->old);
	size_t close = open == NO_OFFSET ? NO_OFFSET : source_close(r->text, open);
	size_t nr = close == NO_OFFSET ? 0 : source_arguments(r->text, open, close, args, 4);
	if (!nr || nr > 2 || r->before)
		return false;
	r->before = "";
	r->after = "";
	if (nr == 1) { /* StartSpan(name) */
		r->at_start = (struct source_range){args[0].to, args[0].to};
		r->before = ", {";
		r->after = "}";
		return true;
	}
	if (!is_list(r, args[1]))
		return false;
	size_t inner = source_skip_blank(r->text, args[1].from + 1);
	if (inner == args[1].to - 1) { /* StartSpan(name, {}) */
		r->at_start = (struct source_range){inner, inner};
		return true;
	}
	if (r->text->s[inner] != '{')
		return false;
	size_t end = args[1].to - 1;
	while (end > inner && strchr(" \t\r\n,", r->text->s[end - 1]))
		end--;
	r->at_start = (struct source_range){end, end};
	r->before = ", ";
	return true;
}

static bool move(struct resolver *r, const struct plan *p, size_t at)
{
	struct source_range args[3];
	size_t open = source_call(r->text, at, p->old);
	size_t close = open == NO_OFFSET ? NO_OFFSET : source_close(r->text, open);
	if (close == NO_OFFSET || source_arguments(r->text, open, close, args, 3) != 2)
		return false;
	const char *s = r->text->s;
	struct source_range statement;
	/* the call is the statement, and not a part of another one */
	if (!source_statement(r->text, at, &statement) || statement.from != at)
		return false;
	strbuf_addf(&r->moved, "%s{%.*s, %.*s}", r->moved.len ? ", " : "",
		(int)(args[0].to - args[0].from), s + args[0].from,
		(int)(args[1].to - args[1].from), s + args[1].from);
	return remove_statement(r, at);
}

static bool resolve_plan(struct resolver *r, const struct plan *p)
{
	r->text = text_of(r, p->file);
	r->file = p->file;
	size_t at = r->text->s ? source_offset(r->text, p->line, p->col) : NO_OFFSET;
	if (at == NO_OFFSET)
		return false;
	switch (p->kind) {
	case PLAN_REPLACE:
		return replace(r, p, at);
	case PLAN_REMOVE:
		return remove_statement(r, at);
	case PLAN_START:
		return start(r, p, at);
	case PLAN_MOVE:
		return r->before && move(r, p, at);
	}
	return false;
}

static int compare_edits(const void *x, const void *y)
{
	const struct edit *a = x, *b = y;
	int order = strcmp(a->file, b->file);
	if (!order)
		order = (a->from > b->from) - (a->from < b->from);
	return order ? order : (a->to > b->to) - (a->to < b->to);
}

static bool is_same(const struct edit *a, const struct edit *b)
{
	return str_eq(a->file, b->file) && a->from == b->from && a->to == b->to &&
	       str_eq(a->text, b->text);
}

/* Sorted, each once; false when two of them touch the same bytes. */
static bool tidy_edits(struct resolver *r)
{
	qsort(r->edits, r->nr, sizeof(r->edits[0]), compare_edits);
	size_t kept = 0;
	for (size_t i = 0; i < r->nr; i++) {
		if (kept && is_same(&r->edits[kept - 1], &r->edits[i]))
			continue;
		if (kept && str_eq(r->edits[kept - 1].file, r->edits[i].file) &&
			r->edits[kept - 1].to > r->edits[i].from)
			return false;
		r->edits[kept++] = r->edits[i];
	}
	r->nr = kept;
	return kept > 0;
}

static bool resolve(struct resolver *r, struct patch *patch)
{
	r->nr = 0;
	r->before = NULL;
	strbuf_init(&r->moved, r->arena);
	for (uint32_t i = 0; i < patch->nr_plans; i++)
		if (!resolve_plan(r, &patch->plans[i]))
			return false;
	if (r->before) {
		const char *text = arena_printf(
			r->arena, "%s%s%s", r->before, strbuf_str(&r->moved), r->after);
		if (!r->moved.len || !add_edit(r, r->at_start, text))
			return false;
	}
	if (!tidy_edits(r))
		return false;
	struct edit *edits = arena_array(r->arena, struct edit, r->nr);
	memcpy(edits, r->edits, r->nr * sizeof(*edits));
	patch->edits = edits;
	patch->nr_edits = (uint32_t)r->nr;
	return true;
}

void patches_resolve(struct findings *f, const char *root, struct arena *a)
{
	struct resolver *r = arena_new(a, struct resolver);
	*r = (struct resolver){.arena = a, .root = root};
	map_init(&r->files, a);
	for (size_t i = 0; i < f->all.nr; i++)
		if (f->all.at[i].patch && !resolve(r, f->all.at[i].patch))
			f->all.at[i].patch = NULL;
}
