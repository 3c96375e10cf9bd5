/* What the tables of commands and options say to people and to shells. */
#include "base/str.h"
#include "cli/options.h"
#include "report/report.h"

#include <stdio.h>

const char *options_words(struct arena *a, const char *command, const char *argument)
{
	struct strbuf b;
	if (str_eq(argument, "SEVERITY"))
		return "note warning error never";
	if (str_eq(argument, "WHEN"))
		return "auto always never";
	if (str_eq(argument, "NAME"))
		return "recommended strict";
	if (!str_has_prefix(argument, "FORMAT"))
		return "";
	if (str_eq(command, "attributes"))
		return "text json weaver";
	if (str_eq(command, "trace"))
		return "text json";
	strbuf_init(&b, a);
	for (size_t i = 0; i < report_nr_formats; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", report_formats[i].name);
	return strbuf_str(&b);
}

static void help_options(const char *command)
{
	printf("\nOptions\n");
	struct option_info o;
	for (size_t i = 0; options_info(command, i, &o); i++) {
		char left[64];
		snprintf(left, sizeof(left), "%s%s%s%s%s", o.letter ? o.letter : "",
			o.letter ? ", " : "    ", o.name, o.argument ? " " : "",
			o.argument ? o.argument : "");
		printf("  %-28s  %s\n", left, o.help);
	}
}

void options_help(const char *command)
{
	for (const struct command *c = commands; command && c->name; c++) {
		if (!str_eq(c->name, command))
			continue;
		printf("otel-tidy %s%s%s\n%s\n", c->name, c->arguments[0] ? " " : "", c->arguments,
			c->help);
		help_options(command);
		return;
	}
	printf("otel-tidy finds the fine line between too little and too much tracing in C and "
	       "C++.\n"
	       "\n"
	       "Commands\n");
	for (const struct command *c = commands; c->name; c++) {
		char left[64];
		snprintf(left, sizeof(left), "%s %s", c->name, c->arguments);
		printf("  %-34s  %s\n", left, c->help);
	}
	printf("\n"
	       "A line without a command is a check. otel-tidy COMMAND --help tells the options.\n"
	       "Exit codes: 0 clean, 1 findings, 2 usage, configuration or internal error,\n"
	       "3 analysis incomplete.\n");
}
