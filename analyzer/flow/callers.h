/* The call graph upside down: who calls a function, and whether it may be called from elsewhere. */
#ifndef OTEL_TIDY_FLOW_CALLERS_H
#define OTEL_TIDY_FLOW_CALLERS_H

#include "flow/program.h"

struct caller {
	struct func *func;
	uint32_t op; /* the call */
};

struct callers {
	VEC(struct caller) all; /* in the order of the program's functions */
	bool is_address_taken;  /* may be called through a pointer, or run by a thread */
};

/* Computed for the whole program when it is first asked for. */
const struct callers *callers_of(struct program *p, const struct func *f);

#endif
