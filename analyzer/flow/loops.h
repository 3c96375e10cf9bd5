/* Loops of one function: natural loops, found by dominators, and what each of them goes over.
 *
 * A loop is the head and every block from which the head is reached again without leaving it
 * (Aho, Lam, Sethi, Ullman, "Compilers", 9.6). Its kind is a matter of evidence: what is not
 * plainly a walk over data is UNKNOWN, and rules stay silent. */
#ifndef OTEL_TIDY_FLOW_LOOPS_H
#define OTEL_TIDY_FLOW_LOOPS_H

#include "flow/program.h"

#define NO_LOOP UINT32_MAX
/* A loop with so few rounds at most is as good as straight code. */
#define LOOP_FEW 4

enum loop_kind {
	LOOP_UNKNOWN,
	LOOP_DATA,       /* a counter, a pointer or an iterator goes over something */
	LOOP_FEW_ROUNDS, /* bounded by a constant of at most LOOP_FEW */
	LOOP_RETRY,      /* the same thing again until it works */
	LOOP_SERVER,     /* without a condition of its own: serves, polls, waits */
};

struct loop {
	uint32_t head;  /* block */
	uint32_t outer; /* the loop around it, or NO_LOOP */
	uint32_t depth; /* 1: not inside another one */
	enum loop_kind kind;
	struct ir_loc loc; /* of the statement */
	bool *has;         /* per block: is it in the loop? */
};

struct loops {
	uint32_t nr;
	struct loop *at;     /* outer loops before the loops in them */
	uint32_t *innermost; /* per block: its loop, or NO_LOOP */
	uint32_t *dominator; /* per block: the last block every way to it goes through; 0 for 0 */
	uint32_t depth;      /* of the deepest loop; 0 without loops */
};

/* Computed once per function and kept in the program's arena. */
const struct loops *loops_of(struct program *p, struct func *f);
uint32_t block_of(const struct ir_func *f, uint32_t op);
/* Does every way to op `b` pass op `a` first? */
bool op_dominates(const struct loops *l, const struct ir_func *f, uint32_t a, uint32_t b);

#endif
