/* The registry of rules: generated from the rule folders, metadata read from their pages. */
#include "base/embedded.h"
#include "base/str.h"
#include "engine/rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define X(id, name, page) void rule_##id(struct rule_run *run);
#include "rules.inc"
#undef X

static struct rule rules[] = {
#define X(id, rule_name, page_path) {.name = rule_name, .page = page_path, .check = rule_##id},
#include "rules.inc"
#undef X
};

#define NR_RULES (sizeof(rules) / sizeof(rules[0]))

/* The pages are part of the program: one that does not parse is a mistake of ours. */
static void broken(const char *path, const char *what)
{
	fprintf(stderr, "otel-tidy: internal error: %s: %s\n", path, what);
	exit(2);
}

static const char *find_page(const char *path)
{
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, path))
			return f->bytes;
	broken(path, "page is not embedded");
	return "";
}

static const char *cell(struct arena *a, const char **at)
{
	const char *start = *at + strspn(*at, "| ");
	size_t n = strcspn(start, "|\n");
	*at = start + n;
	while (n && start[n - 1] == ' ')
		n--;
	return arena_strndup(a, start, n);
}

/* "| over | recommended | warning | 0.1 |": the third line of the page's first table. */
static void read_table(struct arena *a, struct rule *r, const char *path)
{
	const char *table = strstr(r->page, "\n| group | tier |");
	const char *line = table ? strchr(table + 1, '\n') : NULL;
	line = line ? strchr(line + 1, '\n') : NULL;
	if (!line)
		broken(path, "no table of group, tier, severity");
	const char *at = line + 1;
	r->group = cell(a, &at);
	r->tier = cell(a, &at);
	const char *severity = cell(a, &at);
	r->severity = str_eq(severity, "error")  ? SEVERITY_ERROR
		      : str_eq(severity, "note") ? SEVERITY_NOTE
						 : SEVERITY_WARNING;
	r->since = cell(a, &at);
}

/* The first sentence of the paragraph under the title, on one line. */
static void read_summary(struct arena *a, struct rule *r, const char *path)
{
	const char *text = strstr(r->page, "\n\n");
	if (!text)
		broken(path, "no paragraph under the title");
	text += 2;
	size_t n = 0;
	while (text[n] && !(text[n] == '.' && (text[n + 1] == ' ' || text[n + 1] == '\n')) &&
		!(text[n] == '\n' && text[n + 1] == '\n'))
		n++;
	char *summary = arena_strndup(a, text, n + (text[n] == '.'));
	for (char *c = summary; *c; c++)
		if (*c == '\n')
			*c = ' ';
	r->summary = summary;
}

const struct rule *rules_all(size_t *nr)
{
	static struct arena arena; /* lives as long as the process */
	*nr = NR_RULES;
	if (arena.head || !NR_RULES)
		return rules;
	for (size_t i = 0; i < NR_RULES; i++) {
		const char *path = rules[i].page;
		rules[i].page = find_page(path);
		read_table(&arena, &rules[i], path);
		read_summary(&arena, &rules[i], path);
	}
	return rules;
}

const struct rule *rules_find(const char *name)
{
	size_t nr;
	const struct rule *all = rules_all(&nr);
	for (size_t i = 0; i < nr; i++)
		if (str_eq(all[i].name, name))
			return &all[i];
	return NULL;
}
