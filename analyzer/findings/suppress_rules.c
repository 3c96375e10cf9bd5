/* The rules about suppressions, with their pages. */
#include "findings/suppress.h"

#define TABLE                                                                                      \
	"| group | tier | severity | since |\n"                                                    \
	"|---|---|---|---|\n"                                                                      \
	"| suppression | recommended | warning | 0.1 |\n\n"

static const char stale_page[] =
	"# stale-baseline\n\n"
	"An entry of the baseline matches no finding any more. The finding was mended, or its code "
	"is gone.\n\n"
	"| group | tier | severity | since |\n"
	"|---|---|---|---|\n"
	"| suppression | recommended | error | 0.1 |\n\n"
	"## What\n\n"
	"The whole program was analysed, the entry's rule ran, and no finding has its rule, "
	"function and subject. Lines and files do not matter: moved code keeps its entries.\n\n"
	"## Why\n\n"
	"An entry that is left behind lets the same defect come back unseen. The baseline only "
	"shrinks.\n\n"
	"## Bad\n\n"
	"The leak in `place_order` was mended, and its line is still in `otel-tidy.baseline`.\n\n"
	"## Good\n\n"
	"`otel-tidy baseline prune` took the line out, in the same commit.\n\n"
	"## Stays silent\n\n"
	"- when paths are given on the command line, or rules with `--rule`\n"
	"- entries of rules that are off\n"
	"- entries of files that could not be analysed\n\n"
	"## Limits\n\n"
	"This rule cannot be suppressed.\n\n"
	"## Precision\n\n"
	"The file is read, nothing is guessed.\n\n"
	"## Sources\n\n"
	"- a convention of this project\n";

static const char without_reason_page[] =
	"# suppression-without-reason\n\n"
	"A suppression comment does not say why. It has no effect until it does.\n\n" TABLE
	"## What\n\n"
	"`// otel-tidy: allow(span-leak)` names a rule and stops there, or its reason lacks the "
	"label `reason:`.\n\n"
	"## Why\n\n"
	"The next reader sees that someone silenced a finding and cannot tell whether the cause "
	"still holds. A reason that can be read can be checked, and dropped when it is no longer "
	"true.\n\n"
	"## Bad\n\n"
	"```c\nreturn span; // otel-tidy: allow(span-leak)\n```\n\n"
	"## Good\n\n"
	"```c\nreturn span; // otel-tidy: allow(span-leak) reason: the pool ends it\n```\n\n"
	"## Stays silent\n\n"
	"- any text after `reason:` is accepted; otel-tidy does not judge it\n\n"
	"## Limits\n\n"
	"This rule cannot be suppressed.\n\n"
	"## Precision\n\n"
	"The comment is parsed, nothing is guessed.\n\n"
	"## Sources\n\n"
	"- a convention of this project\n";

static const char unknown_page[] =
	"# unknown-suppression\n\n"
	"A comment starts with `otel-tidy:` and is not a suppression that can be understood. It "
	"names a rule that does not exist, no rule at all, or another directive.\n\n" TABLE
	"## What\n\n"
	"The form is `otel-tidy: allow(rule, rule) reason: why`. Whatever else follows "
	"`otel-tidy:` is reported, with the nearest rule name where a name is misspelled. The "
	"other rules of the same list still count.\n\n"
	"## Why\n\n"
	"A misspelled suppression that is passed over in silence looks as if it worked.\n\n"
	"## Bad\n\n"
	"```c\nreturn span; // otel-tidy: allow(span-leek) reason: the pool ends it\n```\n\n"
	"## Good\n\n"
	"```c\nreturn span; // otel-tidy: allow(span-leak) reason: the pool ends it\n```\n\n"
	"## Stays silent\n\n"
	"- comments that do not begin with `otel-tidy:`\n\n"
	"## Limits\n\n"
	"This rule cannot be suppressed.\n\n"
	"## Precision\n\n"
	"The comment is parsed, nothing is guessed.\n\n"
	"## Sources\n\n"
	"- a convention of this project\n";

static const char unused_page[] =
	"# unused-suppression\n\n"
	"A suppression suppresses nothing. The finding that it spoke of is gone.\n\n" TABLE
	"## What\n\n"
	"The rule ran, and found nothing on the lines that the comment covers: its own line behind "
	"code, the next code line when it stands alone, the whole function when it stands before "
	"one.\n\n"
	"## Why\n\n"
	"A suppression that outlives its finding hides the next one at the same place.\n\n"
	"## Bad\n\n"
	"```c\nctel_span_end(span); // otel-tidy: allow(span-leak) reason: ended by the pool\n"
	"```\n\n"
	"## Good\n\n"
	"```c\nctel_span_end(span);\n```\n\n"
	"## Stays silent\n\n"
	"- rules that did not run, because they are not enabled\n"
	"- code that could not be analysed whole\n\n"
	"## Limits\n\n"
	"This rule cannot be suppressed.\n\n"
	"## Precision\n\n"
	"Follows from the findings of the run, nothing is guessed.\n\n"
	"## Sources\n\n"
	"- a convention of this project\n";

const struct suppress_rule suppress_rules[SUPPRESS_NR_RULES] = {
	{"stale-baseline", "suppression", "recommended",
		"An entry of the baseline matches no finding any more.", stale_page,
		SEVERITY_ERROR},
	{"suppression-without-reason", "suppression", "recommended",
		"A suppression comment does not say why.", without_reason_page, SEVERITY_WARNING},
	{"unknown-suppression", "suppression", "recommended",
		"A comment starts with `otel-tidy:` and is not a suppression that can be "
		"understood.",
		unknown_page, SEVERITY_WARNING},
	{"unused-suppression", "suppression", "recommended", "A suppression suppresses nothing.",
		unused_page, SEVERITY_WARNING},
};

const char *const suppress_rule_stale = "stale-baseline";
