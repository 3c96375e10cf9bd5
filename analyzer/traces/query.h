/* The query language: which spans, grouped by what.
 *
 *	name = "charge payment" and status = error group by up(tenant.id), up(app.flag)
 *
 *	QUERY   [COND] [group by KEY, KEY...] [count]
 *	COND    TEST | COND and COND | COND or COND | not COND | ( COND )
 *	TEST    OPERAND = VALUE, != > >= < <= likewise, ~ with a glob; an OPERAND alone: it is there
 *	OPERAND name status kind service scope duration event trace
 *	        | attribute | "attribute" | up(attribute) | resource(attribute)
 *
 * up() takes the attribute from the span or else from its nearest ancestor that has it. */
#ifndef OTEL_TIDY_TRACES_QUERY_H
#define OTEL_TIDY_TRACES_QUERY_H

#include "base/str.h"
#include "base/vec.h"
#include "traces/trace.h"

enum query_source {
	QUERY_NAME,
	QUERY_STATUS,
	QUERY_KIND,
	QUERY_SERVICE,
	QUERY_SCOPE,
	QUERY_DURATION,
	QUERY_EVENT,
	QUERY_TRACE,
	QUERY_ATTRIBUTE,
	QUERY_UP,
	QUERY_RESOURCE,
};

struct query_operand {
	enum query_source source;
	const char *key;     /* of the last three */
	const char *written; /* how it was written, for the heads of tables */
};

enum query_op { QUERY_HAS, QUERY_EQ, QUERY_NE, QUERY_GT, QUERY_GE, QUERY_LT, QUERY_LE, QUERY_GLOB };

enum query_node_type { QUERY_TEST, QUERY_AND, QUERY_OR, QUERY_NOT };

struct query_node {
	enum query_node_type type;
	const struct query_node *left, *right; /* of and, or; not has the left one */
	struct query_operand operand;
	enum query_op op;
	const char *value;
	double number; /* of the value; NAN: it is no number */
};

struct query {
	const struct query_node *where; /* NULL: every span */
	VEC(struct query_operand) by;
	bool is_count;
};

/* False with `error`, one line that quotes the place. */
bool query_parse(struct query *q, struct arena *a, const char *text, const char **error);

bool query_matches(const struct query *q, const struct trace_node *n);
/* The operand's value, or NULL when the span has none. Numbers get written into the arena. */
const char *query_value(struct arena *a, const struct query_operand *o, const struct trace_node *n);

#endif
