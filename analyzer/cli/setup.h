/* What check, link and explain share: configuration, models, choice of rules, writing reports. */
#ifndef OTEL_TIDY_CLI_SETUP_H
#define OTEL_TIDY_CLI_SETUP_H

#include "base/str.h"
#include "cli/options.h"
#include "engine/judge.h"
#include "model/semconv.h"
#include "report/report.h"

#include <time.h>

enum { EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE };

struct recording;

struct setup {
	struct config config;
	struct models models;
	struct registry registry;
	struct selection selection;
	struct intern strings;
	struct program program;
	VEC(struct incomplete) incomplete;
	const char *root;
	const char *database; /* for the report */
	const char *baseline; /* the file, absolute, or "" */
	time_t started;
	struct recording *recording;     /* cli/warm.h: keeps what reports say; or NULL */
	const struct evidence *evidence; /* of traces; NULL: none were given */
	bool is_partial;                 /* some input beside the units could not be read */
	struct system *system;           /* configuration that was read; NULL: none */
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
/* Marks what the baseline accepts; `with_stale`: and reports entries that match nothing. 0, or the
 * exit code after an error. */
int setup_accept(struct setup *s, struct options *o, struct judgement *j, bool with_stale);
/* Would a finding like this one have been found? `setup` is a struct setup. */
bool setup_is_judged(const void *setup, const struct finding *entry);
/* Does the finding make the exit code 1? */
bool setup_is_failing(const struct setup *s, const struct finding *f);
/* Links, judges, writes every output asked for; the exit code of the run. */
int setup_finish(struct setup *s, struct options *o);
/* The last part of it alone: writes every output asked for. `base` and `mended` are NULL, or what a
 * change began with and got rid of. */
int setup_report(struct setup *s, struct options *o, const struct judgement *j, const char *base,
	const struct findings *mended);
/* Where facts and runs are kept; "" for nowhere. */
const char *setup_cache_dir(struct options *o);
/* Writes a report that is there already. 0, or the exit code after an error. */
int setup_write_bytes(const struct output *out, const struct strbuf *bytes);
/* How text looks on a stream: --color and NO_COLOR, and whether the terminal shows UTF-8. */
bool setup_wants_color(const struct options *o, FILE *f);
bool setup_is_unicode(FILE *f);

#endif
