/* `otel-tidy rules` and `otel-tidy explain`. */
#include "cli/commands.h"

#include "base/str.h"
#include "base/terminal.h"
#include "cli/setup.h"
#include "findings/suppress.h"
#include "report/page.h"
#include "report/pen.h"

#include <stdio.h>

int command_rules(struct options *o)
{
	size_t nr;
	const struct rule *rules = rules_all(&nr);
	(void)o;
	for (size_t i = 0; i < nr; i++)
		printf("%-26s %-11s %-11s %s\n", rules[i].name, rules[i].group, rules[i].tier,
			rules[i].summary);
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++)
		printf("%-26s %-11s %-11s %s\n", suppress_rules[i].name, suppress_rules[i].group,
			suppress_rules[i].tier, suppress_rules[i].summary);
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
