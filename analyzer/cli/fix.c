/* `otel-tidy fix`: writes the edits of findings into the sources, or shows them as a diff. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/configured.h"
#include "cli/gather.h"
#include "findings/changes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_BYTES ((size_t)16 << 20)

struct edit_list {
	VEC(const struct edit *) all;
};

struct fixing {
	struct options *o;
	struct setup *s;
	struct map by_line;             /* "file:line" → struct edit_list: what touches that line */
	VEC(const struct edit *) edits; /* by file and place, none overlaps another */
	size_t nr_fixed, nr_unsafe, nr_left, nr_files;
	bool is_failing; /* something is left that makes the exit code 1 */
};

static int compare_edits(const void *x, const void *y)
{
	const struct edit *a = *(const struct edit *const *)x, *b = *(const struct edit *const *)y;
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

static bool overlaps(const struct edit *a, const struct edit *b)
{
	if (!str_eq(a->file, b->file))
		return false;
	/* two insertions at one place have no order of their own */
	return a->from == b->from || (a->from < b->to && b->from < a->to);
}

static struct edit_list *edits_on(struct fixing *f, const struct edit *e, uint32_t line)
{
	void **slot = map_slot(&f->by_line, arena_printf(f->o->arena, "%s:%u", e->file, line));
	if (!*slot)
		*slot = arena_new(f->o->arena, struct edit_list);
	return *slot;
}

enum meeting { MEETS_NONE, MEETS_ITSELF, MEETS_ANOTHER };

static enum meeting meet(struct fixing *f, const struct edit *e)
{
	for (uint32_t line = e->line; line <= e->end_line; line++) {
		const struct edit_list *list = edits_on(f, e, line);
		for (size_t i = 0; i < list->all.nr; i++) {
			if (is_same(list->all.at[i], e))
				return MEETS_ITSELF;
			if (overlaps(list->all.at[i], e))
				return MEETS_ANOTHER;
		}
	}
	return MEETS_NONE;
}

/* All edits of a patch or none: half a fix may not compile. */
static bool take(struct fixing *f, const struct patch *patch)
{
	for (uint32_t i = 0; i < patch->nr_edits; i++)
		if (meet(f, &patch->edits[i]) == MEETS_ANOTHER)
			return false;
	for (uint32_t i = 0; i < patch->nr_edits; i++) {
		const struct edit *e = &patch->edits[i];
		if (meet(f, e) == MEETS_ITSELF)
			continue; /* a constant that several findings speak of */
		vec_push(f->o->arena, &f->edits, e);
		for (uint32_t line = e->line; line <= e->end_line; line++)
			vec_push(f->o->arena, &edits_on(f, e, line)->all, e);
	}
	return true;
}

static void choose(struct fixing *f, const struct findings *findings)
{
	for (size_t i = 0; i < findings->all.nr; i++) {
		const struct finding *one = &findings->all.at[i];
		if (one->is_suppressed)
			continue;
		bool is_wanted = one->patch && (one->patch->is_safe || f->o->is_unsafe);
		f->nr_unsafe += one->patch && !is_wanted;
		if (is_wanted && take(f, one->patch)) {
			f->nr_fixed++;
			continue;
		}
		f->nr_left++;
		f->is_failing |= setup_is_failing(f->s, one);
	}
	if (f->edits.nr)
		qsort(f->edits.at, f->edits.nr, sizeof(*f->edits.at), compare_edits);
}

/* In place: the file keeps its permissions, its owner and its links. */
static int write_file(const char *path, const char *s, size_t n)
{
	FILE *out = fopen(path, "r+");
	if (!out)
		return cli_fail("%s: %s", path, strerror(errno));
	bool ok = fwrite(s, 1, n, out) == n && fflush(out) == 0;
	int saved = errno;
	if (ok && ftruncate(fileno(out), (off_t)n) != 0) {
		ok = false;
		saved = errno;
	}
	if (fclose(out) != 0 && ok) {
		ok = false;
		saved = errno;
	}
	return ok ? 0 : cli_fail("cannot write to %s: %s", path, strerror(saved));
}

static int fix_file(struct fixing *f, size_t from, size_t to)
{
	struct arena *a = f->o->arena;
	const char *file = f->edits.at[from]->file, *path = path_join(a, f->s->root, file);
	size_t n = 0, size = 0;
	const char *s = file_read(a, path, SOURCE_BYTES, &n);
	if (!s)
		return cli_fail("%s: %s", path, strerror(errno));
	f->nr_files++;
	if (f->o->is_apply) {
		const char *text = changes_apply(a, s, n, f->edits.at + from, to - from, &size);
		return write_file(path, text, size);
	}
	struct strbuf out;
	strbuf_init(&out, a);
	changes_diff(&out, a, file, s, n, f->edits.at + from, to - from);
	fputs(strbuf_str(&out), stdout);
	return 0;
}

static const char *count_of(struct arena *a, size_t n, const char *one, const char *many)
{
	return arena_printf(a, "%zu %s", n, n == 1 ? one : many);
}

static void say(const struct fixing *f)
{
	struct arena *a = f->o->arena;
	fprintf(stderr, "%s %s in %s; %zu left%s.\n", f->o->is_apply ? "Fixed" : "Would fix",
		count_of(a, f->nr_fixed, "finding", "findings"),
		count_of(a, f->nr_files, "file", "files"), f->nr_left,
		f->nr_unsafe ? arena_printf(a, ", of which --unsafe can fix %zu", f->nr_unsafe)
			     : "");
}

int command_fix(struct options *o)
{
	struct setup s;
	struct judgement j;
	if (o->is_apply && o->is_diff)
		return cli_fail("fix shows a diff or applies it; choose --diff or --apply");
	int failed = gather(&s, o);
	if (!failed && s.config.pipeline.nr)
		failed = configured_read(&s, o, s.config.pipeline.at, s.config.pipeline.nr);
	if (failed)
		return failed;
	setup_judge(&s, o, &j);
	struct fixing f = {.o = o, .s = &s};
	map_init(&f.by_line, o->arena);
	choose(&f, &j.findings);
	for (size_t from = 0, to; from < f.edits.nr; from = to) {
		to = from + 1;
		while (to < f.edits.nr && str_eq(f.edits.at[to]->file, f.edits.at[from]->file))
			to++;
		failed = fix_file(&f, from, to);
		if (failed)
			return failed;
	}
	if (!o->is_quiet)
		say(&f);
	if (f.is_failing || (!o->is_apply && f.nr_fixed))
		return EXIT_FINDINGS;
	return s.incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
