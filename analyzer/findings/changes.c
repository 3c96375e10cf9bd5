/* Applies edits to a text and shows what they change. */
#include "findings/changes.h"

#include "base/vec.h"

#include <string.h>

#define CONTEXT 3

const char *changes_apply(struct arena *a, const char *s, size_t n, const struct edit *const *edits,
	size_t nr_edits, size_t *size)
{
	struct strbuf out;
	size_t at = 0;
	strbuf_init(&out, a);
	for (size_t i = 0; i < nr_edits; i++) {
		strbuf_addn(&out, s + at, edits[i]->from - at);
		strbuf_add(&out, edits[i]->text);
		at = edits[i]->to;
	}
	strbuf_addn(&out, s + at, n - at);
	*size = out.len;
	return strbuf_str(&out);
}

static size_t line_start(const char *s, size_t at)
{
	while (at && s[at - 1] != '\n')
		at--;
	return at;
}

/* Behind the line that holds the byte before `at`; `at` itself when a line begins there. */
static size_t line_end(const char *s, size_t n, size_t at)
{
	if (at && s[at - 1] == '\n')
		return at;
	while (at < n && s[at] != '\n')
		at++;
	return at < n ? at + 1 : n;
}

static uint32_t count_lines(const char *s, size_t n)
{
	uint32_t nr = 0;
	for (size_t i = 0; i < n; i++)
		nr += s[i] == '\n';
	return nr + (n && s[n - 1] != '\n');
}

struct change *changes_of(struct arena *a, const char *s, size_t n, const struct edit *const *edits,
	size_t nr_edits, size_t *nr)
{
	VEC(struct change) all = {0};
	for (size_t i = 0; i < nr_edits;) {
		size_t from = line_start(s, edits[i]->from), last = i;
		size_t to = line_end(s, n, edits[i]->to);
		if (to == from)
			to = line_end(s, n, from + 1);
		/* whatever begins on these lines, or right below, changes with them */
		while (last + 1 < nr_edits && line_start(s, edits[last + 1]->from) <= to) {
			last++;
			size_t end = line_end(s, n, edits[last]->to);
			to = end > to ? end : to;
		}
		struct strbuf text;
		size_t at = from;
		strbuf_init(&text, a);
		for (; i <= last; i++) {
			strbuf_addn(&text, s + at, edits[i]->from - at);
			strbuf_add(&text, edits[i]->text);
			at = edits[i]->to;
		}
		strbuf_addn(&text, s + at, to - at);
		struct change c = {.line = count_lines(s, from) + 1,
			.nr_old = count_lines(s + from, to - from),
			.old = s + from,
			.old_n = to - from,
			.text = strbuf_str(&text),
			.text_n = text.len};
		c.nr_new = count_lines(c.text, c.text_n);
		vec_push(a, &all, c);
	}
	*nr = all.nr;
	return all.at;
}

static void add_lines(struct strbuf *out, char sign, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t len = end ? (size_t)(end - s) - at : n - at;
		strbuf_addc(out, sign);
		strbuf_addn(out, s + at, len);
		strbuf_addc(out, '\n');
		if (!end)
			strbuf_add(out, "\\ No newline at end of file\n");
		at += len + 1;
	}
}

/* `lines` whole lines before `at`, or as many as there are. */
static size_t back(const char *s, size_t at, uint32_t lines)
{
	while (lines-- && at)
		at = line_start(s, at - 1);
	return at;
}

static size_t forth(const char *s, size_t n, size_t at, uint32_t lines)
{
	while (lines-- && at < n)
		at = line_end(s, n, at + 1);
	return at;
}

void changes_diff(struct strbuf *out, struct arena *a, const char *file, const char *s, size_t n,
	const struct edit *const *edits, size_t nr_edits)
{
	size_t nr;
	const struct change *all = changes_of(a, s, n, edits, nr_edits, &nr);
	long shift = 0;
	if (nr)
		strbuf_addf(out, "--- a/%s\n+++ b/%s\n", file, file);
	for (size_t i = 0; i < nr;) {
		size_t last = i;
		while (last + 1 < nr &&
			all[last + 1].line <= all[last].line + all[last].nr_old + 2 * CONTEXT)
			last++;
		size_t from = back(s, (size_t)(all[i].old - s), CONTEXT);
		size_t to = forth(s, n, (size_t)(all[last].old - s) + all[last].old_n, CONTEXT);
		uint32_t line = count_lines(s, from) + 1, nr_old = count_lines(s + from, to - from);
		long grown = 0;
		for (size_t k = i; k <= last; k++)
			grown += (long)all[k].nr_new - (long)all[k].nr_old;
		long nr_new = (long)nr_old + grown;
		strbuf_addf(out, "@@ -%u,%u +%ld,%ld @@\n", line, nr_old,
			(long)line + shift - (nr_new ? 0 : 1), nr_new);
		size_t at = from;
		for (; i <= last; i++) {
			add_lines(out, ' ', s + at, (size_t)(all[i].old - s) - at);
			add_lines(out, '-', all[i].old, all[i].old_n);
			add_lines(out, '+', all[i].text, all[i].text_n);
			at = (size_t)(all[i].old - s) + all[i].old_n;
		}
		add_lines(out, ' ', s + at, to - at);
		shift += grown;
	}
}
