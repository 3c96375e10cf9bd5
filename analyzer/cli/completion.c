/* Completions for bash, zsh and fish, from the tables of commands and options. */
#include "cli/generate.h"
#include "cli/options.h"

#include <string.h>

#define RULES "otel-tidy rules 2>/dev/null | cut -d' ' -f1"
#define REFS  "git for-each-ref --format='%(refname:short)' 2>/dev/null"

static bool is_rule(const struct option_info *o)
{
	return o->argument && str_eq(o->argument, "RULE");
}

static bool is_dir(const struct option_info *o)
{
	return o->argument && str_eq(o->argument, "DIR");
}

static bool is_file(const struct option_info *o)
{
	return o->argument && str_eq(o->argument, "FILE");
}

/* Inside of single quotes. `also` is quoted with a backslash. */
static void quoted(struct strbuf *b, const char *s, const char *also)
{
	for (; *s; s++) {
		if (*s == '\'')
			strbuf_add(b, "'\\''");
		else if (strchr(also, *s))
			strbuf_addf(b, "\\%c", *s);
		else
			strbuf_addc(b, *s);
	}
}

/* ---- bash ---- */

static void bash_names(struct strbuf *b, const char *command)
{
	struct option_info o;
	for (size_t i = 0; options_info(command, i, &o); i++)
		strbuf_addf(b, "%s%s%s%s", i ? " " : "", o.name, o.letter ? " " : "",
			o.letter ? o.letter : "");
}

/* The commands that give what an option can be, as bash runs them. */
static void bash_reply(struct strbuf *b, const struct option_info *o, const char *words)
{
	if (words[0])
		strbuf_addf(b, "compgen -W '%s' -- \"$cur\"", words);
	else if (is_rule(o))
		strbuf_add(b, "compgen -W \"$(" RULES ")\" -- \"$cur\"");
	else if (is_dir(o))
		strbuf_add(b, "compgen -d -- \"$cur\"");
	else if (is_file(o))
		strbuf_add(b, "compgen -f -- \"$cur\"");
	else
		strbuf_add(b, ":");
}

static void bash_values(struct strbuf *b, const char *command)
{
	struct option_info o;
	for (size_t i = 0; options_info(command, i, &o); i++) {
		if (!o.argument)
			continue;
		strbuf_addf(b, "\t%s:%s", command, o.name);
		if (o.letter)
			strbuf_addf(b, " | %s:%s", command, o.letter);
		strbuf_add(b, ") ");
		bash_reply(b, &o, options_words(b->arena, command, o.argument));
		strbuf_add(b, " ;;\n");
	}
}

static void command_names(struct strbuf *b)
{
	for (const struct command *c = commands; c->name; c++)
		strbuf_addf(b, "%s%s", c == commands ? "" : " ", c->name);
}

void generate_bash(struct strbuf *b)
{
	strbuf_add(b, "# Completion of otel-tidy for bash, by otel-tidy generate bash.\n"
		      "_otel_tidy_options() {\n\tcase $1 in\n");
	for (const struct command *c = commands; c->name; c++) {
		strbuf_addf(b, "\t%s) echo '", c->name);
		bash_names(b, c->name);
		strbuf_add(b, "' ;;\n");
	}
	strbuf_add(b, "\tesac\n}\n\n_otel_tidy_values() { # command:option, in $cur what is there\n"
		      "\tlocal IFS=$' \\n'\n\tcase $1 in\n");
	for (const struct command *c = commands; c->name; c++)
		bash_values(b, c->name);
	strbuf_add(b, "\t*) return 1 ;;\n\tesac\n}\n\n_otel_tidy_words() {\n\tlocal IFS=$' "
		      "\\n'\n\tcase $1 in\n"
		      "\texplain) compgen -W \"$(" RULES ")\" -- \"$cur\" ;;\n"
		      "\tdiff) compgen -W \"$(" REFS ")\" -- \"$cur\" ;;\n");
	for (const struct command *c = commands; c->name; c++)
		if (generate_words(c->name)[0])
			strbuf_addf(b, "\t%s) compgen -W '%s' -- \"$cur\" ;;\n", c->name,
				generate_words(c->name));
	strbuf_add(b, "\tesac\n}\n\n_otel_tidy() {\n"
		      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} "
		      "command=check "
		      "first=1\n"
		      "\tlocal IFS=$'\\n'\n"
		      "\tif [[ $cur == = ]]; then cur=\n"
		      "\telif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
		      "\tcase \" ");
	command_names(b);
	strbuf_add(b, " \" in *\" ${COMP_WORDS[1]} \"*) [[ $COMP_CWORD -gt 1 ]] && "
		      "command=${COMP_WORDS[1]} && first= ;; "
		      "esac\n"
		      "\tif COMPREPLY=($(_otel_tidy_values \"$command:$prev\")); then return; fi\n"
		      "\tif [[ $cur == -* ]]; then\n"
		      "\t\tCOMPREPLY=($(compgen -W \"$(_otel_tidy_options \"$command\" | tr ' ' "
		      "'\\n')\" -- \"$cur\"))\n"
		      "\t\treturn\n\tfi\n"
		      "\tCOMPREPLY=($(_otel_tidy_words \"$command\"))\n"
		      "\t[[ -n $first && $COMP_CWORD -eq 1 ]] && COMPREPLY+=($(compgen -W $'");
	for (const struct command *c = commands; c->name; c++)
		strbuf_addf(b, "%s%s", c == commands ? "" : "\\n", c->name);
	strbuf_add(b, "' -- \"$cur\"))\n"
		      "\t[[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- \"$cur\"))\n"
		      "}\n"
		      "complete -o filenames -F _otel_tidy otel-tidy\n");
}

/* ---- zsh ---- */

static void zsh_action(struct strbuf *b, const char *command, const struct option_info *o)
{
	const char *words = options_words(b->arena, command, o->argument);
	strbuf_add(b, ":");
	quoted(b, o->argument, ":[]");
	strbuf_add(b, ":");
	if (words[0])
		strbuf_addf(b, "(%s)", words);
	else if (is_rule(o))
		strbuf_add(b, "_otel_tidy_rules");
	else if (is_dir(o))
		strbuf_add(b, "_files -/");
	else if (is_file(o))
		strbuf_add(b, "_files");
	else
		strbuf_add(b, "( )");
}

static void zsh_option(struct strbuf *b, const char *command, const struct option_info *o)
{
	const char *names[] = {o->name, o->letter};
	for (size_t i = 0; i < 2 && names[i]; i++) {
		strbuf_addf(b, "\t\t'*%s[", names[i]);
		quoted(b, o->help, ":[]");
		strbuf_addc(b, ']');
		if (o->argument)
			zsh_action(b, command, o);
		strbuf_add(b, "' \\\n");
	}
}

static void zsh_rest(struct strbuf *b, const char *command)
{
	if (generate_words(command)[0])
		strbuf_addf(b, "\t\t'1: :(%s)' '*: :_files'\n", generate_words(command));
	else if (str_eq(command, "explain"))
		strbuf_add(b, "\t\t'*: :_otel_tidy_rules'\n");
	else if (str_eq(command, "diff"))
		strbuf_add(b, "\t\t'1: :_otel_tidy_refs' '*: :_files'\n");
	else
		strbuf_add(b, "\t\t'*: :_files'\n");
}

void generate_zsh(struct strbuf *b)
{
	strbuf_add(b, "#compdef otel-tidy\n# Completion of otel-tidy for zsh, by otel-tidy "
		      "generate zsh.\n\n"
		      "_otel_tidy_rules() { local -a all; all=(${(f)\"$(" RULES ")\"}); "
		      "compadd -a all }\n"
		      "_otel_tidy_refs() { local -a all; all=(${(f)\"$(" REFS
		      ")\"}); compadd -a all }\n\n"
		      "_otel_tidy_commands() {\n\tlocal -a all\n\tall=(\n");
	for (const struct command *c = commands; c->name; c++) {
		strbuf_addf(b, "\t\t'%s:", c->name);
		quoted(b, c->help, ":");
		strbuf_add(b, "'\n");
	}
	strbuf_add(b, "\t)\n\t_describe command all\n}\n\n_otel_tidy() {\n\tlocal command=check\n"
		      "\tif (( CURRENT > 2 )) && [[ -n ${(M)${(s: :):-'");
	command_names(b);
	strbuf_add(b, "'}:#$words[2]} ]]; then\n\t\tcommand=$words[2]\n\t\tshift words\n"
		      "\t\t(( CURRENT-- ))\n"
		      "\telif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
		      "\t\t_otel_tidy_commands\n\tfi\n\tcase $command in\n");
	for (const struct command *c = commands; c->name; c++) {
		struct option_info o;
		strbuf_addf(b, "\t%s)\n\t\t_arguments \\\n", c->name);
		for (size_t i = 0; options_info(c->name, i, &o); i++)
			zsh_option(b, c->name, &o);
		zsh_rest(b, c->name);
		strbuf_add(b, "\t\t;;\n");
	}
	strbuf_add(b, "\tesac\n}\n\n_otel_tidy \"$@\"\n");
}

/* ---- fish ---- */

static void fish_option(
	struct strbuf *b, const char *condition, const char *command, const struct option_info *o)
{
	strbuf_addf(b, "complete -c otel-tidy -n '%s' -l %s", condition, o->name + 2);
	if (o->letter)
		strbuf_addf(b, " -s %s", o->letter + 1);
	strbuf_add(b, " -d '");
	quoted(b, o->help, "");
	strbuf_addc(b, '\'');
	if (o->argument) {
		const char *words = options_words(b->arena, command, o->argument);
		if (words[0])
			strbuf_addf(b, " -x -a '%s'", words);
		else if (is_rule(o))
			strbuf_add(b,
				" -x -a '(otel-tidy rules 2>/dev/null | string split -f1 \" \")'");
		else if (is_dir(o))
			strbuf_add(b, " -x -a '(__fish_complete_directories)'");
		else if (is_file(o))
			strbuf_add(b, " -r -F");
		else
			strbuf_add(b, " -x");
	}
	strbuf_addc(b, '\n');
}

void generate_fish(struct strbuf *b)
{
	strbuf_add(b, "# Completion of otel-tidy for fish, by otel-tidy generate fish.\n");
	for (const struct command *c = commands; c->name; c++) {
		strbuf_addf(
			b, "complete -c otel-tidy -n __fish_use_subcommand -a %s -d '", c->name);
		quoted(b, c->help, "");
		strbuf_add(b, "'\n");
	}
	for (const struct command *c = commands; c->name; c++) {
		struct option_info o;
		const char *condition =
			arena_printf(b->arena, "__fish_seen_subcommand_from %s", c->name);
		for (size_t i = 0; options_info(c->name, i, &o); i++) {
			fish_option(b, condition, c->name, &o);
			if (str_eq(c->name, "check")) /* what stands without a command */
				fish_option(b, "__fish_use_subcommand", c->name, &o);
		}
		const char *words = generate_words(c->name);
		if (words[0])
			strbuf_addf(b, "complete -c otel-tidy -n '%s' -a '%s'\n", condition, words);
	}
	strbuf_add(b, "complete -c otel-tidy -n '__fish_seen_subcommand_from explain' -f -a "
		      "'(otel-tidy rules 2>/dev/null | string split -f1 \" \")'\n"
		      "complete -c otel-tidy -n '__fish_seen_subcommand_from diff' -a "
		      "'("
		      "git for-each-ref --format=\"%(refname:short)\" 2>/dev/null"
		      ")'\n");
}
