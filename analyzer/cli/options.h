/* The command line: every option once, in one table; help, man page and completion read it. */
#ifndef OTEL_TIDY_CLI_OPTIONS_H
#define OTEL_TIDY_CLI_OPTIONS_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>

struct output {
	const char *format; /* "text", "json", "sarif" */
	const char *file;   /* "" or "-": standard output */
};

struct options {
	struct arena *arena;
	const char *command;        /* "check" when none was written */
	VEC(const char *) paths;    /* what stands between options */
	VEC(const char *) flags;    /* what stands behind "--" */
	VEC(const char *) rules;    /* --rule */
	VEC(struct output) outputs; /* --format */
	char **words;               /* the command line */
	size_t nr_words;
	bool has_flags;                                    /* there was a "--" */
	const char *database;                              /* -p, or "" */
	const char *config;                                /* --config, or "" */
	const char *profile;                               /* --profile, or "" */
	const char *fail_on;                               /* --fail-on, or "" */
	const char *cache_dir;                             /* --cache-dir, or "" */
	const char *out;                                   /* -o, or "" */
	const char *color;                                 /* "auto", "always", "never" */
	const char *contract;                              /* --check, or "" */
	const char *trace;                                 /* --trace, or "" */
	const char *baseline;                              /* --baseline, or "" */
	const char *service;                               /* --service, or "" */
	const char *html;                                  /* --html, or NULL */
	const char *query;                                 /* --query, or NULL */
	bool is_tree, is_keys_only, is_slowest, is_errors; /* trace */
	unsigned width;                                    /* --width, or 0 */
	const char *graph; /* --graph: "text", "dot", "svg"; or "" */
	double traces_per_second, spans_per_trace, bytes_per_span; /* 0: not stated */
	double errors, slow;                                       /* shares; below 0: not stated */
	double replicas;                   /* of what samples tails; 0: not stated */
	bool is_embedded, is_plan;         /* pipeline */
	const char *prices;                /* --prices, or "" */
	unsigned jobs;                     /* -j */
	unsigned timeout;                  /* seconds for one unit */
	unsigned cache_size;               /* MiB */
	bool is_diff, is_apply, is_unsafe; /* fix */
	const char *root, *depfile, *list; /* collect and link: --root, --depfile, --list, or "" */
	bool is_whole, is_incomplete_ok;
	bool is_quiet, no_cache, no_config, wants_help, wants_version;
};

/* A command: its name, what stands behind it, one line of help, the options it knows as letters of
 * the table's `commands`. */
struct command {
	const char *name, *arguments, *help;
	int (*run)(struct options *o);
};

extern const struct command commands[]; /* ends with a NULL name */

/* An option as help, man page and completions see it. */
struct option_info {
	const char *name;     /* "--profile" */
	const char *letter;   /* "-p", or NULL */
	const char *argument; /* how help calls it; NULL: it takes none */
	const char *help;
};

/* The i-th option that the command knows; false after the last. */
bool options_info(const char *command, size_t i, struct option_info *out);
/* What an argument of that name can be: words with blanks between them, or "". */
const char *options_words(struct arena *a, const char *command, const char *argument);

/* False with `error`, one line with did-you-mean. */
bool options_parse(struct options *o, struct arena *a, int argc, char **argv, const char **error);
/* The command that `word` may have been meant for, or NULL. */
const char *options_near_command(const char *word);
/* Writes the usage of one command, or of the tool when `command` is NULL. */
void options_help(const char *command);

#endif
