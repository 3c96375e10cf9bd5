/* `otel-tidy rules` and `otel-tidy explain`. */
#include "cli/commands.h"

#include "base/str.h"
#include "base/terminal.h"
#include "cli/setup.h"
#include "findings/suppress.h"
#include "report/page.h"
#include "report/pen.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct row {
	const char *name, *group, *tier, *state, *summary;
};

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (; *text; text++)
		if (strncasecmp(text, word, n) == 0)
			return true;
	return false;
}

/* "strict naming": rows that have both words, wherever. */
static bool is_wanted(const struct options *o, const struct row *r)
{
	for (size_t i = 0; i < o->paths.nr; i++) {
		const char *word = o->paths.at[i];
		if (!has_word(r->name, word) && !str_eq(r->group, word) && !str_eq(r->tier, word) &&
			!str_eq(r->state, word) && !has_word(r->summary, word))
			return false;
	}
	return true;
}

static size_t print_row(const struct options *o, struct row r)
{
	if (!is_wanted(o, &r))
		return 0;
	printf("%-28s %-11s %-11s %-7s %s\n", r.name, r.group, r.tier, r.state, r.summary);
	return 1;
}

int command_rules(struct options *o)
{
	struct setup s;
	size_t nr_shown = 0;
	int failed = setup_init(&s, o);
	if (failed)
		return failed;
	for (size_t i = 0; i < s.selection.nr; i++) {
		const struct rule *r = &s.selection.rules[i];
		nr_shown += print_row(
			o, (struct row){r->name, r->group, r->tier,
				   s.selection.enabled[i] ? severity_name(s.selection.severity[i])
							  : "off",
				   r->summary});
	}
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		const struct suppress_rule *r = &suppress_rules[i];
		nr_shown += print_row(o, (struct row){r->name, r->group, r->tier,
						 severity_name(r->severity), r->summary});
	}
	if (!nr_shown)
		return cli_fail("no rule has all of these words; otel-tidy rules lists every one");
	return EXIT_CLEAN;
}

static const char *page_of(const char *name)
{
	const struct rule *rule = rules_find(name);
	if (rule)
		return rule->page;
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++)
		if (str_eq(suppress_rules[i].name, name))
			return suppress_rules[i].page;
	return NULL;
}

int command_explain(struct options *o)
{
	if (o->paths.nr != 1)
		return cli_fail("explain needs one rule; otel-tidy rules lists them");
	const char *name = o->paths.at[0], *page = page_of(name);
	if (!page) {
		size_t nr;
		const char *const *names = selection_rule_names(o->arena, &nr);
		const char *near = str_nearest(name, names, nr);
		if (near)
			return cli_fail(
				"rule \"%s\" is not known; did you mean \"%s\"?", name, near);
		return cli_fail("rule \"%s\" is not known; otel-tidy rules lists them", name);
	}
	struct strbuf out;
	strbuf_init(&out, o->arena);
	struct pen pen = {.out = &out,
		.width = terminal_width(stdout),
		.color = setup_wants_color(o, stdout),
		.is_unicode = setup_is_unicode(stdout)};
	if (!pen.width || pen.width > PEN_WIDTH)
		pen.width = PEN_WIDTH;
	page_render(&pen, page);
	fputs(strbuf_str(&out), stdout);
	return EXIT_CLEAN;
}
