/* What check, link and explain share: configuration, models, choice of rules, writing reports. */
#ifndef OTEL_TIDY_CLI_SETUP_H
#define OTEL_TIDY_CLI_SETUP_H

#include "cli/options.h"
#include "engine/judge.h"
#include "model/semconv.h"
#include "report/report.h"

enum { EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE };

struct setup {
	struct config config;
	struct models models;
	struct registry registry;
	struct selection selection;
	struct intern strings;
	struct program program;
	VEC(struct incomplete) incomplete;
	const char *root;
	const char *database;            /* for the report */
	const struct evidence *evidence; /* of traces; NULL: none were given */
	bool is_partial;                 /* some input beside the units could not be read */
};

/* Prints "otel-tidy: <error>" on stderr and gives the exit code for it. */
int cli_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Configuration, models and rules, from files and options. 0, or the exit code after an error. */
int setup_init(struct setup *s, struct options *o);
/* Adds the facts of one unit; `name` is what errors call it, `command` shows the unit again. */
void setup_add(struct setup *s, struct arena *a, const char *name, const char *bytes, size_t n,
	const char *command);
void setup_add_incomplete(struct setup *s, struct arena *a, const char *file, const char *text,
	const char *command, bool is_fatal);
/* Links and judges; patches are looked up in the source. */
void setup_judge(struct setup *s, struct options *o, struct judgement *j);
/* Does the finding make the exit code 1? */
bool setup_is_failing(const struct setup *s, const struct finding *f);
/* Links, judges, writes every output asked for; the exit code of the run. */
int setup_finish(struct setup *s, struct options *o);
/* The last part of it alone: writes every output asked for. `base` and `mended` are NULL, or what a
 * change began with and got rid of. */
int setup_report(struct setup *s, struct options *o, const struct judgement *j, const char *base,
	const struct findings *mended);
/* How text looks on a stream: --color and NO_COLOR, and whether the terminal shows UTF-8. */
bool setup_wants_color(const struct options *o, FILE *f);
bool setup_is_unicode(FILE *f);

#endif
