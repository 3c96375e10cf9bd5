/* Values and access paths of one function: which op reads which place.
 *
 * A place is a path from a root: `o->lines[2].price` is INDEX and FIELD steps over DEREF of the
 * variable o. Equal places have equal numbers, so that analyses can keep small sets of them. */
#ifndef OTEL_TIDY_FLOW_VALUES_H
#define OTEL_TIDY_FLOW_VALUES_H

#include "base/map.h"
#include "base/vec.h"
#include "flow/program.h"

#define NO_PATH UINT32_MAX

enum path_kind { PATH_VAR, PATH_GLOBAL, PATH_FIELD, PATH_INDEX, PATH_DEREF };

struct path {
	enum path_kind kind;
	uint32_t base;   /* FIELD, INDEX, DEREF: the path they go on from */
	uint32_t var;    /* VAR: index into ir->vars */
	const char *sym; /* GLOBAL: its name; FIELD: "record::field" */
	bool is_local;   /* in this function's own variables: no DEREF and no GLOBAL on the way */
};

struct values {
	const struct func *func;
	VEC(struct path) paths;
	struct map numbers;
	uint32_t *address; /* per op: the path it is the address of, or NO_PATH */
	uint32_t *content; /* per op: the path whose content it is, or NO_PATH */
	ir_value *origin;  /* per op: the op it copies through casts, moves and ALIAS calls, or
			      itself */
	uint32_t
		*stored; /* per op: the path that holds its value when its block ends, or NO_PATH */
	bool *is_stale;  /* per op: its `content` is written again before its block ends */
	bool *is_tested; /* per path: decides a branch somewhere */
	ir_value *bound; /* per variable: the address it is bound to, once and for all (a reference,
			    `T *p = &x`), or IR_NONE; reading it is reading that address */
};

/* Computed once per function and kept in the program's arena. */
const struct values *values_of(struct program *p, struct func *f);
/* What the place of a temporary was given before it was passed on; any other value as it is. */
ir_value value_of_temporary(const struct values *v, ir_value value);
/* The number of a step from `base`, or NO_PATH when the function never goes there. */
uint32_t path_find(const struct values *v, enum path_kind kind, uint32_t base, const char *sym);
/* The same, numbered if it was not: a callee writes there. Only before a walk of the function. */
uint32_t path_add_field(struct program *p, struct func *f, uint32_t base, const char *sym);
/* The variable a path starts from, or IR_NONE for globals. */
uint32_t path_root_var(const struct values *v, uint32_t path);
/* "o->lines", for messages; in the arena. */
const char *path_text(const struct values *v, uint32_t path, struct arena *a);
/* True when `inner` is `outer` or a part of it. */
bool path_is_within(const struct values *v, uint32_t inner, uint32_t outer);
/* True when it goes through an array: one path stands for all elements. */
bool path_is_element(const struct values *v, uint32_t path);

#endif
