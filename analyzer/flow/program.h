/* The program: all units' facts joined, functions found by name, calls resolved, models applied.
 * Everything in flow/ and in the rules reads it; only flow/ writes to it. */
#ifndef OTEL_TIDY_FLOW_PROGRAM_H
#define OTEL_TIDY_FLOW_PROGRAM_H

#include "base/map.h"
#include "base/vec.h"
#include "ir/ir.h"
#include "model/model.h"
#include "project/config.h"

struct values;
struct cost;
struct span_site;
struct summaries;
struct error_convention;
struct callers;
struct loops;
struct verdicts;
struct callbacks;
struct forwards;
struct pairs;
struct func;
struct registry;
struct attribute_sites;
struct measured;

/* A critical path: what the annotation or configuration says, and the function it is about. */
struct critical {
	struct critical_path path;
	struct func *func; /* NULL: no function of that name in the program */
	struct ir_loc loc; /* of the function; line 0 when func is NULL */
};

/* What a call does as far as the program and the models know. */
struct call {
	uint32_t op;                    /* its op in the function */
	const struct model_call *model; /* NULL: none */
	struct func *callee;            /* defined in the program, or NULL */
	const struct model_io *io;      /* never NULL */
	const struct pairs *pairs;      /* flow/pairs.h; NULL: not asked for yet */
};

struct func {
	const struct ir_func *ir;
	uint32_t unit;   /* index into program->units */
	uint32_t number; /* index into program->funcs */
	uint32_t nr_calls;
	struct call *calls; /* in the order of their ops */
	uint32_t nr_notes;
	const char **notes; /* annotations of the definition and of every declaration anywhere */
	struct critical *critical; /* first one on it, or NULL */
	bool is_not_trivial;       /* OTEL_NOT_TRIVIAL */
	bool transfers_span;       /* OTEL_SPAN_TRANSFERS */
	uint32_t ends_params;      /* OTEL_SPAN_ENDS: bit k - 1 for argument k */
	uint32_t scc; /* number of its strongly connected component; callees' are lower */
	bool is_recursive;
	bool is_called; /* by another function of the program, or its address is taken */
	/* filled by the analyses, in this order */
	struct values *values;           /* flow/values.h */
	struct loops *loops;             /* flow/loops.h */
	struct cost *cost;               /* flow/cost.h */
	struct summaries *summaries;     /* flow/summary.h */
	struct error_convention *errors; /* flow/errors.h */
	struct forwards *forwards;       /* flow/pairs.h; NULL: not asked for yet */
	uint32_t nr_sites;
	struct span_site *sites;    /* flow/spans.h */
	struct place_sites *places; /* flow/places.h */
};

struct program_unit {
	const char *main_file; /* relative to the root */
	uint32_t nr_problems;
	const struct ir_problem *problems;
	bool is_failed; /* fatal: nothing of it was judged */
};

struct program {
	const struct program
		*before; /* the change is judged: this is what it began with; or NULL */
	bool is_whole;   /* every unit of its database is here; program_link finds out more */
	struct arena *arena;
	struct intern *strings;
	struct models *models;
	const struct config *config;
	const struct registry *registry; /* model/semconv.h; NULL: none, nothing is known of keys */
	VEC(struct ir_file) files;
	VEC(struct ir_loc) literals; /* where the text of CONST ops is written: see ir_op.var */
	VEC(struct program_unit) units;
	VEC(struct func *) funcs;        /* in the order of units and of their functions */
	VEC(struct ir_comment) comments; /* each place once */
	VEC(struct critical) criticals;
	struct map by_link;          /* link → struct func_list */
	struct map file_numbers;     /* path → number + 1 */
	struct map decl_notes;       /* link → annotations of declarations (flow/critical.c) */
	struct callers *callers;     /* per function; flow/callers.h */
	struct callbacks *callbacks; /* flow/callbacks.h; NULL before callbacks_find */
	struct verdicts *verdicts;   /* flow/verdict.h; NULL before verdicts_find */
	struct measured *measured;   /* flow/measured.h; NULL: no traces were given */
	struct map kept;             /* flow/kept.h: field → what becomes of its spans */
	struct map touches;          /* flow/touch.h: field → per function */
	struct attribute_sites
		*attribute_sites;  /* flow/attribute_sites.h; NULL before it is asked */
	struct map comment_places; /* "file:line:col" of the comments that are there */
};

void program_init(struct program *p, struct arena *a, struct intern *strings, struct models *models,
	const struct config *config);
/* Takes the unit over: its places are renumbered to the program's files. Units must be added in
 * the order of their names, so that any -j gives the same program. */
void program_add(struct program *p, struct ir_unit *unit);
/* After the last unit: annotations, critical paths, calls, strongly connected components. */
void program_link(struct program *p);

/* The function with that link name that a call from `caller` means, or NULL. */
struct func *program_find(const struct program *p, const struct func *caller, const char *link);
struct call *func_call(const struct func *f, uint32_t op);
const char *program_file(const struct program *p, const struct ir_loc *loc);

#endif
