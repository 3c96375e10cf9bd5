/* What a constructor or a method of a class puts into the member that keeps the span: part of
 * flow/classes. */
#ifndef OTEL_TIDY_FLOW_CLASS_GIVEN_H
#define OTEL_TIDY_FLOW_CLASS_GIVEN_H

#include "flow/classes.h"

enum given_kind {
	GIVEN_NOTHING,
	GIVEN_START, /* a span that starts here */
	GIVEN_PARAM, /* one that comes as a parameter */
	GIVEN_SAME,  /* that of another object of the class */
	GIVEN_UNKNOWN,
};

struct given {
	enum given_kind kind;
	int param; /* PARAM: index into ir->vars */
	int name;  /* START: the parameter that names it, or MODEL_NONE */
};

/* Of one method of a class; its member's field need not be accepted yet. */
struct given class_given(struct program *p, const struct span_class *c, struct func *f);
/* Is the value the object that the method is called on, or the way from it to its span? */
bool class_is_this(struct program *p, const struct span_class *c, const struct func *f, ir_value v,
	bool *is_handle);
/* Does the function start a span and give it to its caller, as far as a look tells? */
bool class_is_factory(struct program *p, struct func *f, unsigned depth);

#endif
