/* Provenance: where a string comes from, as far as one function shows it. */
#ifndef OTEL_TIDY_FLOW_PROVENANCE_H
#define OTEL_TIDY_FLOW_PROVENANCE_H

#include "flow/values.h"

/* In the order of how much each says: of several sources the last one counts. */
enum from {
	FROM_CONSTANT,  /* one of a few texts that stand in the program */
	FROM_UNKNOWN,   /* a parameter, a field, a call we cannot see through: may be bounded */
	FROM_UNBOUNDED, /* numbers, addresses, ids made into text */
};

#define PROVENANCE_STEPS 4

struct provenance {
	enum from kind;
	const char *what; /* "\"item_%d\" is formatted with a number"; "" unless UNBOUNDED */
	size_t nr_steps;
	struct {
		uint32_t op;
		const char *text;
	} steps[PROVENANCE_STEPS];
};

/* Texts live in the program's arena. */
void provenance_of(struct program *p, struct func *f, ir_value value, struct provenance *out);

#endif
