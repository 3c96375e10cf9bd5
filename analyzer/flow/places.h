/* Places behind arguments: the handle that `finish(&span)` is given the address of, the field of a
 * record that `op_finish(op)` finds its span in. */
#ifndef OTEL_TIDY_FLOW_PLACES_H
#define OTEL_TIDY_FLOW_PLACES_H

#include "flow/values.h"
#include "flow/walk.h"

/* The path that an argument, a pointer or a reference, leads to; NO_PATH: not known. */
uint32_t place_behind(const struct values *v, ir_value arg);
/* Which part of the place `behind` the path is: NULL for the whole, or the field's "record::field".
 * False when it is neither. */
bool place_field(const struct values *v, uint32_t path, uint32_t behind, const char **field);
/* The path of a part of what parameter k points to, or NO_PATH when the function never reads it. */
uint32_t place_of_param(const struct values *v, uint32_t k, const char *field);

/* A place behind a parameter from which the function takes a span: `job->span`, `*span`. */
struct place_site {
	uint32_t path;
	const struct walk *walk;
};
/* Every one of the function's own; in the program's arena. */
const struct place_site *places_of(struct program *p, struct func *f, uint32_t *nr);

#endif
