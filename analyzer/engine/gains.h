/* What a change adds: the functions that have more spans than before it. */
#ifndef OTEL_TIDY_ENGINE_GAINS_H
#define OTEL_TIDY_ENGINE_GAINS_H

#include "flow/program.h"

/* A function that has more spans than it had. */
struct gain {
	struct func *func;
	const struct span_site *site; /* the first one that is too much, or the first one */
	bool deserves, is_too_much;
};

struct gains {
	VEC(struct gain) all; /* in the order of the program's functions */
	size_t nr_deserved, nr_too_much;
};

/* Compares with program->before; none without it. Both were judged, `before` at least so far that
 * its spans are known. */
void gains_find(const struct program *p, struct arena *a, struct gains *out);

#endif
