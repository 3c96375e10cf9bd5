/* What the files of flow/provenance share: one question on its way back through the program. */
#ifndef OTEL_TIDY_FLOW_TRACER_H
#define OTEL_TIDY_FLOW_TRACER_H

#include "flow/provenance.h"

/* A function being looked at, and the call through which we came down into it. */
struct frame {
	struct func *func;
	const struct values *values;
	const struct frame *caller; /* NULL: where the question was asked */
	uint32_t call;              /* in the caller */
	unsigned level;
};

#define TRACER_WAY  16
#define TRACER_SEEN 128

struct tracer {
	struct program *program;
	struct provenance *out;
	size_t nr_way;
	struct station way[TRACER_WAY]; /* from the use back to here */
	size_t nr_seen;
	struct {
		const struct func *func;
		uint32_t path, call;
	} seen[TRACER_SEEN];
	bool is_silent; /* only the kind is wanted, no origins */
};

enum from trace_value(struct tracer *t, const struct frame *fr, ir_value value, unsigned depth);
/* What a call that makes text makes it of. */
enum from trace_build(struct tracer *t, const struct frame *fr, uint32_t op,
	const struct model_string *m, unsigned depth);
/* What a call reads from outside. */
enum from trace_read(
	struct tracer *t, const struct frame *fr, uint32_t op, const struct model_string *m);
/* Everything that is written to a place. */
enum from trace_place(struct tracer *t, const struct frame *fr, uint32_t path, unsigned depth);

/* Origins begin at `op`; NULL when there is no room, or none is wanted. */
struct origin *trace_origin(struct tracer *t, const struct frame *fr, uint32_t op,
	enum origin_kind kind, const char *what, const char *step);
enum from trace_unbounded(struct tracer *t, const struct frame *fr, uint32_t op, const char *what);
/* Parts that are not constant are put together here. */
void trace_built(struct tracer *t, const struct frame *fr, uint32_t op, const char *text);
/* A station between here and the use, while what is behind it is traced. */
void trace_enter(struct tracer *t, const struct frame *fr, uint32_t op, const char *text);
void trace_leave(struct tracer *t);

/* The name of the place a value was read from: the field's or the variable's, or "". */
const char *trace_place_name(const struct frame *fr, ir_value value);
uint32_t trace_path(const struct frame *fr, ir_value value);

#endif
