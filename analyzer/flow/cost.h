/* What a function costs, as far as it can be known without running it: how much it does itself,
 * what it reaches, and whether anything on the way may wait. Telemetry calls count as nothing. */
#ifndef OTEL_TIDY_FLOW_COST_H
#define OTEL_TIDY_FLOW_COST_H

#include "flow/program.h"

struct cost {
	const char
		*unknown; /* why it cannot be known: "calls through a pointer on line 7"; or "" */
	enum model_cost worst;  /* of everything it reaches; COST_FREE when it calls nothing */
	const char *worst_call; /* the call that is so dear: "fsync", or "" */
	uint32_t stmts;         /* lines with work of its own */
	uint32_t total;       /* with everything it reaches, each function counted once per call */
	bool has_loop;        /* itself or in a callee */
	uint32_t depth;       /* of loops in loops, callees included */
	bool starts_spans;    /* in a callee */
	uint32_t nr_callees;  /* distinct names called, telemetry apart */
	const char **callees; /* sorted */
};

/* Fills func->cost of every function, callees first. */
void cost_compute(struct program *p);
/* The same for some blocks of a function: one round of a loop. Depth counts from the function. */
struct cost *cost_of_blocks(struct program *p, struct func *f, const bool *blocks);
/* Does the op do something that is not telemetry? */
bool cost_is_work(struct program *p, const struct func *f, uint32_t op);
/* Nothing on the way may wait or take long, and all of it is known. */
bool cost_is_short(const struct cost *c);
/* A call of the tracing API, or of a short function of the program that only fetches one of its
 * objects: `static ctel_tracer *tracer(void)`. */
bool cost_is_telemetry(struct program *p, const struct func *f, ir_value call);

#endif
