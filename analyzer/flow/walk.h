/* A walk: every path through one function, followed with the fate of one span.
 *
 * The subject is one start call, a parameter that holds a span, a place behind a parameter that
 * holds one, the first span a path starts, or the current span; or a scope, the time in which a
 * span is current. Paths that agree in everything
 * the state knows are one path; branches that contradict what is known are not taken. When there
 * are too many states the walk gives up and says so: an incomplete walk proves nothing, and rules
 * stay silent. */
#ifndef OTEL_TIDY_FLOW_WALK_H
#define OTEL_TIDY_FLOW_WALK_H

#include "flow/errors.h"
#include "flow/incidents.h"
#include "flow/state.h"

enum walk_subject {
	WALK_SITE,
	WALK_PARAM,
	WALK_PLACE,
	WALK_FIRST,
	WALK_CURRENT,
	WALK_SCOPE,
	WALK_OUT
};

struct walk_query {
	enum walk_subject subject;
	uint32_t op;    /* SITE, OUT: the start call; SCOPE: the call that activates */
	uint32_t param; /* PARAM: index into ir->vars; OUT: the one that says where to put it */
	uint32_t place; /* PLACE, OUT: the path that holds it, or NO_PATH: what OUT points to */
	uint32_t other; /* SCOPE: another call that activates, or IR_NONE */
};

enum exit_kind {
	EXIT_RETURN,
	EXIT_THROW,
	EXIT_NORETURN, /* exit(), abort(), longjmp(): the process or the frame is gone */
	EXIT_LOST,     /* not an exit: the last handle was overwritten or dropped at `op` */
	EXIT_RESTART,  /* not an exit: the same start runs again while its span is still open */
};

/* A branch taken on the way: succs[succ] of the block that ends with `op`. */
struct hop {
	uint32_t op;
	uint32_t succ;
};

struct walk_exit {
	enum exit_kind kind;
	uint32_t op;
	enum span_phase phase;
	uint32_t subject;     /* op of the start, or IR_NONE */
	uint32_t ended_at;    /* op of the end, or IR_NONE */
	uint32_t ok_at;       /* op that set status Ok, or IR_NONE */
	uint32_t flags;       /* enum state_flag */
	uint64_t keys;        /* bits of walk->keys */
	uint32_t result;      /* signs that the value returned can have */
	enum outcome outcome; /* what it means */
	uint32_t nr_hops;
	const struct hop *hops;
};

struct walk {
	bool is_complete;
	const char *why_not;    /* "too many paths", "asm goto on line 12"; "" when complete */
	VEC(const char *) keys; /* at most 63 */
	VEC(struct walk_exit)
	exits; /* each (kind, op, phase, subject, keys, flags) once, the one
		  with the fewest branches */
	VEC(struct incident) incidents; /* in the order of their ops, each kind once */
};

/* The result lives in the program's arena. */
struct walk *walk_func(struct program *p, struct func *f, const struct walk_query *query);
/* The bit of a key in the walk, or -1. */
int walk_key(const struct walk *w, const char *key);

#endif
