/* The telemetry contract of a program: every span name and attribute key that it can emit. */
#ifndef OTEL_TIDY_CLI_CONTRACT_H
#define OTEL_TIDY_CLI_CONTRACT_H

#include "base/str.h"
#include "flow/attribute_sites.h"
#include "flow/options.h"

struct contract_site {
	const char *file, *function;
	uint32_t line;
};

struct names {
	VEC(const char *) all; /* sorted, each once */
};

struct contract_entry {
	const char *name;   /* the key, or the span's name */
	struct names types; /* attributes: "int", …; spans: their kinds, "INTERNAL" */
	struct names on;    /* attributes: "span", "event", "link", "resource" */
	struct names paths; /* critical paths on which it can be emitted */
	VEC(struct contract_site) sites;
};

struct contract_table {
	VEC(struct contract_entry) all; /* by name */
	VEC(struct contract_site) open; /* places where the name is made at run time */
};

struct contract {
	struct arena *arena;
	struct contract_table attributes, spans;
};

/* After the program was judged. Code of system headers and excluded files is left out. */
void contract_build(struct contract *c, struct program *p, struct arena *a);

void contract_text(struct strbuf *out, const struct contract *c);
void contract_json(struct strbuf *out, const struct contract *c);
/* A list of samples as `weaver registry live-check --input-format json` reads it. */
void contract_weaver(struct strbuf *out, struct program *p, struct arena *a);

/* Compares with a contract that was written as JSON before; sites do not count. The differences,
 * one on a line, go to `out`. False: `text` is no contract, and `error` says why. */
bool contract_compare(const struct contract *c, const char *file, const char *text,
	struct strbuf *out, size_t *nr, const char **error);

/* Does the file belong to the project, and is not left out by its configuration? */
bool contract_is_ours(const struct program *p, const struct ir_loc *loc);

#endif
