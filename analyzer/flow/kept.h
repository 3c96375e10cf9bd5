/* Spans that a field keeps: who owns a span that was put into a record, and does anybody end it? */
#ifndef OTEL_TIDY_FLOW_KEPT_H
#define OTEL_TIDY_FLOW_KEPT_H

#include "flow/spans.h"

struct kept_use {
	struct func *func;
	uint32_t op;
};

/* All that the program does with one field of some record. */
struct kept_field {
	bool may_end; /* somewhere its span is ended, handed on, or out of our sight */
	VEC(struct kept_use)
	uses; /* the calls that are given its span, and are known not to end it */
};

/* For "record::field"; asked once. Meaningful only for a program that is whole. */
const struct kept_field *kept_field(struct program *p, const char *field);
/* Does a local handle of the start end up in one field, and nowhere else? Then the field, and the
 * op that stores it. */
const char *kept_where(struct program *p, struct func *f, const struct span_site *s, uint32_t *op);

#endif
