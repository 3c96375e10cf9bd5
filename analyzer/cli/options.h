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
	const char *command;                               /* "check" when none was written */
	VEC(const char *) paths;                           /* what stands between options */
	VEC(const char *) flags;                           /* what stands behind "--" */
	VEC(const char *) rules;                           /* --rule */
	VEC(struct output) outputs;                        /* --format */
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
	const char *service;                               /* --service, or "" */
	const char *html;                                  /* --html, or NULL */
	const char *query;                                 /* --query, or NULL */
	bool is_tree, is_keys_only, is_slowest, is_errors; /* trace */
	unsigned width;                                    /* --width, or 0 */
	unsigned jobs;                                     /* -j */
	unsigned timeout;                                  /* seconds for one unit */
	bool is_diff, is_apply, is_unsafe;                 /* fix */
	bool is_quiet, no_cache, no_config, wants_help, wants_version;
};

/* A command: its name, what stands behind it, one line of help, the options it knows as letters of
 * the table's `commands`. */
struct command {
	const char *name, *arguments, *help;
	int (*run)(struct options *o);
};

extern const struct command commands[]; /* ends with a NULL name */

/* False with `error`, one line with did-you-mean. */
bool options_parse(struct options *o, struct arena *a, int argc, char **argv, const char **error);
/* The command that `word` may have been meant for, or NULL. */
const char *options_near_command(const char *word);
/* Writes the usage of one command, or of the tool when `command` is NULL. */
void options_help(const char *command);

#endif
