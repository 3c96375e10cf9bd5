/* The table of commands. */
#include "cli/commands.h"

#include <stddef.h>

const struct command commands[] = {
	{"check", "[PATH...] [-- FLAGS]", "lint the program; PATHs choose units of the database",
		command_check},
	{"fix", "[--diff|--apply] [PATH...] [-- FLAGS]",
		"show or write the edits that mend findings", command_fix},
	{"attributes", "[--check FILE] [PATH...] [-- FLAGS]",
		"list every span name and attribute key the program can emit", command_attributes},
	{"pipeline", "FILE...", "lint what SDKs and Collectors keep: YAML, manifests, environments",
		command_pipeline},
	{"diff", "BASE [PATH...]", "report what the change since BASE brings, and what it mends",
		command_diff},
	{"baseline", "accept|prune [PATH...]",
		"accept today's findings; take out entries that match nothing any more",
		command_baseline},
	{"collect", "FILE [-o FACTS] [-- FLAGS]", "write the facts of one translation unit",
		command_collect},
	{"link", "FACTS...", "judge facts that were collected before", command_link},
	{"why", "FILE:LINE [-- FLAGS]", "explain a report or a silence at that line", command_why},
	{"trace", "FILE...", "show exported traces (OTLP JSON lines), and ask them questions",
		command_trace},
	{"evidence", "FILE... [SOURCE...] [-- FLAGS]",
		"join exported traces with the sources that made them", command_evidence},
	{"explain", "RULE", "show a rule's page", command_explain},
	{"rules", "[WORD...]", "list the rules whose line has all of these words", command_rules},
	{"doctor", "", "tell what a run would work with, and what is in its way", command_doctor},
	{"init", "", "write an otel-tidy.json to begin with", command_init},
	{"models", "check|infer FILE...", "check model files; write one for your wrappers",
		command_models},
	{"generate", "man|bash|zsh|fish", "write the man page, or what completes command lines",
		command_generate},
	{"debug", "ir|cfg|facts FILE [-- FLAGS]", "show what the parser made of a file",
		command_debug},
	{NULL, NULL, NULL, NULL},
};
