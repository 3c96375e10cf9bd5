/* Reads, applies and writes the baseline. */
#include "findings/baseline.h"

#include "findings/compare.h"
#include "findings/suppress.h"

#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                       \
	"# otel-tidy baseline 1: findings that are accepted; otel-tidy baseline accept and prune " \
	"write it\n"
#define NR_FIELDS  5
#define FINGER_LEN 32

/* Tabs and line ends inside of a field. */
static void add_escaped(struct strbuf *b, const char *s)
{
	for (; *s; s++) {
		if (*s == '\t')
			strbuf_add(b, "\\t");
		else if (*s == '\n')
			strbuf_add(b, "\\n");
		else if (*s == '\r')
			strbuf_add(b, "\\r");
		else if (*s == '\\')
			strbuf_add(b, "\\\\");
		else
			strbuf_addc(b, *s);
	}
}

static const char *unescaped(struct arena *a, const char *s, size_t n)
{
	char *out = arena_strndup(a, s, n), *to = out;
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		if (c == '\\' && i + 1 < n) {
			c = s[++i];
			c = (char)(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
		}
		*to++ = c;
	}
	*to = '\0';
	return out;
}

static bool is_fingerprint(const char *s, size_t n)
{
	return n == FINGER_LEN && strspn(s, "0123456789abcdef") >= n;
}

static bool fail(struct arena *a, const struct baseline *b, uint32_t line, const char *what,
	const char **error)
{
	*error = arena_printf(a, "%s:%u: %s", b->name, line, what);
	return false;
}

static bool read_line(struct arena *a, struct baseline *b, const char *s, size_t n, uint32_t line,
	const char **error)
{
	const char *fields[NR_FIELDS];
	size_t lengths[NR_FIELDS], nr = 0;
	if (n && s[n - 1] == '\r')
		n--;
	if (!n || s[0] == '#')
		return true;
	if (str_has_prefix(s, "<<<<<<<") || str_has_prefix(s, "=======") ||
		str_has_prefix(s, ">>>>>>>"))
		return fail(a, b, line,
			"a merge conflict; keep the entries of both sides and take the marks out",
			error);
	for (size_t at = 0; nr < NR_FIELDS; nr++) {
		const char *tab = nr + 1 < NR_FIELDS ? memchr(s + at, '\t', n - at) : NULL;
		fields[nr] = s + at;
		lengths[nr] = tab ? (size_t)(tab - s) - at : n - at;
		at += lengths[nr] + 1;
		if (!tab) {
			nr++;
			break;
		}
	}
	if (nr != NR_FIELDS || !is_fingerprint(fields[0], lengths[0]))
		return fail(a, b, line,
			"not an entry (fingerprint, rule, file, function, subject, with tabs "
			"between them); without the file, otel-tidy baseline accept writes it anew",
			error);
	struct finding entry = {.rule = unescaped(a, fields[1], lengths[1]),
		.place = {.file = unescaped(a, fields[2], lengths[2]), .line = line},
		.function = unescaped(a, fields[3], lengths[3]),
		.subject = unescaped(a, fields[4], lengths[4])};
	findings_add(&b->entries, entry);
	memcpy(b->entries.all.at[b->entries.all.nr - 1].fingerprint, fields[0], FINGER_LEN);
	return true;
}

bool baseline_read(struct arena *a, const char *name, const char *text, struct baseline *out,
	const char **error)
{
	uint32_t line = 0;
	*out = (struct baseline){.name = name};
	findings_init(&out->entries, a);
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, "\n");
		if (!read_line(a, out, s, n, ++line, error))
			return false;
		s += n + (s[n] == '\n');
	}
	out->is_matched = arena_array(a, bool, out->entries.all.nr);
	return true;
}

void baseline_apply(struct baseline *b, struct findings *f)
{
	bool *is = arena_array(f->arena, bool, f->all.nr);
	const char *why = arena_printf(f->arena, "accepted in %s", b->name);
	for (size_t i = 0; i < f->all.nr; i++)
		is[i] = f->all.at[i].is_suppressed;
	findings_pair(&b->entries, f, b->is_matched, is);
	for (size_t i = 0; i < f->all.nr; i++) {
		struct finding *one = &f->all.at[i];
		if (!is[i] || one->is_suppressed)
			continue;
		one->is_suppressed = one->is_accepted = true;
		one->justification = why;
	}
}

void baseline_add_stale(const struct baseline *b, struct findings *f,
	bool (*is_judged)(const void *ctx, const struct finding *entry), const void *ctx)
{
	for (size_t i = 0; i < b->entries.all.nr; i++) {
		const struct finding *entry = &b->entries.all.at[i];
		if (b->is_matched[i] || !is_judged(ctx, entry))
			continue;
		const char *where = entry->function[0]
					    ? arena_printf(f->arena, "%s()", entry->function)
					    : entry->place.file;
		findings_add(
			f, (struct finding){.rule = suppress_rule_stale,
				   .severity = SEVERITY_ERROR,
				   .place = {.file = b->name, .line = entry->place.line, .col = 1},
				   .message = arena_printf(f->arena,
					   "no finding of %s in %s any more", entry->rule, where),
				   .why = "an entry that is left behind lets the same defect "
					  "come back unseen",
				   .fix = "otel-tidy baseline prune",
				   .subject = entry->fingerprint});
	}
}

static int compare_lines(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *baseline_text(struct arena *a, const struct finding *const *all, size_t nr)
{
	const char **lines = arena_array(a, const char *, nr);
	for (size_t i = 0; i < nr; i++) {
		struct strbuf b;
		const char *fields[] = {
			all[i]->rule, all[i]->place.file, all[i]->function, all[i]->subject};
		strbuf_init(&b, a);
		strbuf_add(&b, all[i]->fingerprint);
		for (size_t k = 0; k < 4; k++) {
			strbuf_addc(&b, '\t');
			add_escaped(&b, fields[k]);
		}
		strbuf_addc(&b, '\n');
		lines[i] = strbuf_str(&b);
	}
	if (nr)
		qsort(lines, nr, sizeof(*lines), compare_lines);
	struct strbuf text;
	strbuf_init(&text, a);
	strbuf_add(&text, HEAD);
	for (size_t i = 0; i < nr; i++)
		strbuf_add(&text, lines[i]);
	return strbuf_str(&text);
}
