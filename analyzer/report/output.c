/* What the formats share. */
#include "report/output.h"

#include "base/path.h"
#include "base/vec.h"
#include "findings/suppress.h"
#include "report/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool output_write(FILE *out, const struct strbuf *b)
{
	errno = 0;
	bool is_written = fwrite(strbuf_str(b), 1, b->len, out) == b->len && fflush(out) == 0;
	/* An error that the stream had before counts too, though its errno is gone. */
	if (is_written && ferror(out)) {
		errno = EIO;
		return false;
	}
	if (!is_written && !errno)
		errno = EIO;
	return is_written;
}

struct output_counts output_count(const struct findings *f)
{
	struct output_counts c = {0};
	for (size_t i = 0; i < f->all.nr; i++) {
		const struct finding *finding = &f->all.at[i];
		if (finding->is_suppressed) {
			c.suppressed++;
			continue;
		}
		c.shown++;
		c.errors += finding->severity == SEVERITY_ERROR;
		c.warnings += finding->severity == SEVERITY_WARNING;
		c.notes += finding->severity == SEVERITY_NOTE;
	}
	return c;
}

static int compare_rules(const void *a, const void *b)
{
	return strcmp(((const struct report_rule *)a)->name, ((const struct report_rule *)b)->name);
}

static bool has_rule(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->nr_rules; i++) {
		if (str_eq(r->rules[i].name, name))
			return true;
	}
	return false;
}

const struct report_rule *output_rules(const struct report *r, struct arena *a, size_t *nr)
{
	VEC(struct report_rule) rules = {0};
	for (size_t i = 0; i < r->nr_rules; i++)
		vec_push(a, &rules, r->rules[i]);
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		const struct suppress_rule *s = &suppress_rules[i];
		if (has_rule(r, s->name))
			continue;
		vec_push(a, &rules,
			(struct report_rule){.name = s->name,
				.group = s->group,
				.tier = s->tier,
				.summary = s->summary,
				.page = s->page,
				.severity = s->severity});
	}
	qsort(rules.at, rules.nr, sizeof(*rules.at), compare_rules);
	*nr = rules.nr;
	return rules.at;
}

const char *output_rule_uri(struct arena *a, const struct report_rule *rule)
{
	/* The rules about suppressions have their pages in the program, not in a folder. */
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		if (str_eq(rule->name, suppress_rules[i].name))
			return OUTPUT_URI "/blob/main/analyzer/findings/suppress_rules.c";
	}
	return arena_printf(
		a, OUTPUT_URI "/blob/main/rules/%s/%s/README.md", rule->group, rule->name);
}

const char *output_repository_path(const struct report *r, struct arena *a, const char *file)
{
	const char *path = path_join(a, r->root, file ? file : "");
	return path_relative(a, r->repository ? r->repository : r->root, path);
}

const struct finding *const *output_by_severity(const struct report *r, struct arena *a, size_t *nr)
{
	const struct findings *f = r->findings;
	const struct finding **all = arena_array(a, const struct finding *, f->all.nr);
	*nr = 0;
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
		for (size_t i = 0; i < f->all.nr; i++)
			if (!f->all.at[i].is_suppressed && (int)f->all.at[i].severity == severity)
				all[(*nr)++] = &f->all.at[i];
	return all;
}

const char *output_gate(const struct report *r, struct arena *a)
{
	if (!r->base || !r->gained)
		return NULL;
	return arena_printf(a, "this change adds spans to %u function%s; %u deserve%s one",
		r->gained, r->gained == 1 ? "" : "s", r->gained_deserved,
		r->gained_deserved == 1 ? "s" : "");
}

void output_xml(struct strbuf *b, const char *s)
{
	for (size_t i = 0, n = strlen(s); i < n;) {
		uint32_t c;
		size_t size = utf8_decode(s + i, n - i, &c);
		bool is_char = c == '\t' || c == '\n' || c == '\r' ||
			       (c >= 0x20 && c != 0xfffe && c != 0xffff && c != UTF8_REPLACEMENT);
		if (!is_char)
			strbuf_add(b, "\xef\xbf\xbd");
		else if (c == '<' || c == '>' || c == '&' || c == '"' || c < 0x20)
			strbuf_addf(b, "&#%u;", (unsigned)c);
		else
			strbuf_addn(b, s + i, size);
		i += size;
	}
}

void output_xml_attribute(struct strbuf *b, const char *name, const char *value)
{
	strbuf_addf(b, " %s=\"", name);
	output_xml(b, value);
	strbuf_addc(b, '"');
}

/* Everything but RFC 3986's unreserved characters and '/' is encoded, so that a colon in the first
 * segment is no scheme and bytes that are not UTF-8 survive. */
const char *output_percent_encoded(struct arena *a, const char *path)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (const char *s = path; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			(c && strchr("-._~/", c)))
			strbuf_addc(&b, *s);
		else
			strbuf_addf(&b, "%%%02X", c);
	}
	return strbuf_str(&b);
}
