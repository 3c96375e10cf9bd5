/* What a configuration keeps and takes, in numbers: `otel-tidy pipeline --plan`. */
#ifndef OTEL_TIDY_CLI_PLAN_H
#define OTEL_TIDY_CLI_PLAN_H

#include "base/str.h"
#include "pipeline/system.h"

struct price {
	const char *name, *unit; /* "traces", "spans", "bytes" */
	double amount, per,
		free; /* so much for so many of them, beyond those that are free a month */
};

struct prices {
	const char *as_of, *currency, *file;
	VEC(struct price) all;
};

/* Reads prices: the file, or those that come with the program when `path` is "". False: `error`. */
bool prices_read(struct arena *a, const char *path, struct prices *out, const char **error);
void plan_text(struct strbuf *out, const struct system *s, const struct prices *prices);
void plan_json(struct strbuf *out, const struct system *s, const struct prices *prices);

#endif
