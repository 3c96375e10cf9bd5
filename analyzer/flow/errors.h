/* How each function says that it failed, learned from the program, with the evidence kept. */
#ifndef OTEL_TIDY_FLOW_ERRORS_H
#define OTEL_TIDY_FLOW_ERRORS_H

#include "flow/program.h"

struct state;

/* What a returned value means. */
enum outcome {
	OUTCOME_UNKNOWN,
	OUTCOME_SUCCESS,
	OUTCOME_FAILURE, /* by a convention there is good evidence for */
	OUTCOME_SUSPECT, /* looks like failure; no evidence */
	OUTCOME_HANDLED, /* not success, but an answer: try again, or OTEL_HANDLED_ERROR */
};

enum error_kind {
	ERROR_BY_NOTHING, /* no value, or none that says anything */
	ERROR_BY_NEGATIVE,
	ERROR_BY_NULL,
	ERROR_BY_FALSE,
	ERROR_BY_NONZERO,
	ERROR_BY_ENUM,   /* enumerators say by their names which is which */
	ERROR_BY_STATUS, /* a status object */
};

struct error_evidence {
	struct ir_loc loc;
	const char *text; /* "returns SHOP_DB_ERROR" */
};

/* An integer that the function returns, and what it means. */
struct error_value {
	const char *exact;
	enum outcome outcome;
};

struct error_convention {
	enum error_kind kind;
	bool is_sure;      /* the evidence is good enough to report by it */
	bool may_fail;     /* some of its returns fail, or hand on a failure */
	bool sets_errno;   /* and says why in errno */
	bool has_positive; /* numbers above 0 are results, or may be */
	bool returns_errno;
	uint32_t nr_evidence, nr_values, nr_handled;
	struct error_evidence *evidence;
	struct error_value *values; /* ENUM */
	const char **handled;       /* names of OTEL_HANDLED_ERROR, as written */
	const char **handled_exact; /* and their values; NULL: not known */
};

/* Computed once per function; a function that is being looked at (recursion) has no convention. */
const struct error_convention *errors_of(struct program *p, struct func *f);
/* What the RETURN op returns in this state. */
enum outcome errors_outcome(
	struct program *p, struct func *f, const struct state *s, const struct ir_op *ret);
static inline bool outcome_is_failure(enum outcome o)
{
	return o == OUTCOME_FAILURE || o == OUTCOME_SUSPECT;
}
/* The call whose failure makes `condition` true (or false): `write(…) < 0`, `!open_it()`;
 * IR_NONE: it says nothing of the kind. */
ir_value errors_failed_call(struct program *p, struct func *f, ir_value condition, bool is_true);
const char *error_kind_text(enum error_kind kind); /* "a negative number" */

#endif
