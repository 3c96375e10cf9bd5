/* What the formats share. */
#include "report/output.h"

#include "base/vec.h"
#include "findings/suppress.h"

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
