/* Who records errors: on which span, in which call. */
#ifndef OTEL_TIDY_FLOW_RECORDED_H
#define OTEL_TIDY_FLOW_RECORDED_H

#include "flow/trail.h"

enum recorded {
	RECORDED_NOTHING,
	RECORDED_ERROR,  /* an error status, an exception, an attribute that says error */
	RECORDED_CHOICE, /* another status, or one that depends: somebody thought about it */
};

/* What this modelled call records, on whatever span it is for. */
enum recorded recorded_by(struct program *p, struct func *f, uint32_t op);

/* May the call record an error on the span that is current? True for calls nobody can see through
 * and for functions of the program that reach one that does, through the current span. */
bool records_on_current(struct program *p, struct func *f, uint32_t op);

/* Does the function, or what it calls, make a modelled call of that effect? */
bool reaches_effect(
	struct func *f, enum model_effect effect, struct arena *scratch, struct program *p);

#endif
