/* The state of one path through a function: where the span stands, who holds it, which attribute
 * keys it carries, and the little that is known about variables that decide branches. */
#ifndef OTEL_TIDY_FLOW_STATE_H
#define OTEL_TIDY_FLOW_STATE_H

#include "flow/values.h"

enum span_phase {
	SPAN_BEFORE, /* not started on this path */
	SPAN_OPEN,
	SPAN_ENDED,
	SPAN_GONE,   /* handed to an owner we do not follow */
	SPAN_FAILED, /* the start gave NULL */
};

/* What a number or a pointer can be. Pointers are ZERO or POS. */
enum { SIGN_NEG = 1, SIGN_ZERO = 2, SIGN_POS = 4, SIGN_ANY = 7, SIGN_NONZERO = 5 };

struct known {
	uint32_t signs;
	const char *exact; /* interned text of the constant, or NULL */
};

/* Without holes, like all of the state: states are compared as bytes. */
struct fact {
	uint32_t path;
	uint32_t signs;
	const char *exact;
};

enum state_flag {
	STATE_ERROR_STATUS = 1 << 0, /* an error was recorded on the span */
	STATE_WORKED = 1 << 1,       /* something that may take time was called */
	STATE_RETURNED = 1 << 2,     /* the span, still open, is the function's result */
	STATE_OK_STATUS = 1 << 3,    /* status Ok was set */
	STATE_RELEASED = 1 << 4,     /* the handle's memory is gone */
	STATE_CHECKED = 1 << 5,      /* the handle was tested and is not NULL */
	STATE_OTHER_SCOPE = 1 << 6,  /* a scope opened after the subject is still in force */
	STATE_BY_ADDRESS = 1 << 7,   /* the start put the handle into an argument */
	STATE_PUT_OUT = 1 << 8,      /* the handle is where the caller asked for it */
	STATE_MAYBE_ERROR = 1 << 9,  /* an error was recorded if some condition held */
	STATE_CLEARED = 1 << 10,     /* PLACE: it holds NULL now */
};

#define STATE_FACTS   10
#define STATE_HOLDERS 12
#define KEY_UNKNOWN   63 /* bit: a key was set that we cannot name */

struct state {
	uint64_t keys; /* bits of the walk's key table */
	uint32_t phase;
	uint32_t subject; /* op that started the span */
	uint32_t flags;
	uint32_t nr_holders;
	uint32_t nr_facts;
	uint32_t result_of;    /* 1 + op of a call whose result tells how it went; 0: none */
	uint32_t result_signs; /* what that result is on this path */
	uint32_t pad;
	uint32_t holders[STATE_HOLDERS]; /* paths, sorted */
	struct fact facts[STATE_FACTS];  /* sorted by path */
};

bool state_holds(const struct state *s, uint32_t path);
/* False when there is no room: the caller gives the span up as gone. */
bool state_add_holder(struct state *s, uint32_t path);
/* Removes `path` and its parts; true when it was one. */
bool state_drop_holders(struct state *s, const struct values *v, uint32_t path);

struct known state_known(const struct state *s, uint32_t path);
void state_learn(struct state *s, const struct values *v, uint32_t path, struct known known);
void state_forget(struct state *s, const struct values *v, uint32_t path);

/* What a value is that a `case` of that text was taken for. */
struct known state_of_text(const char *text);
/* What a value can be in this state. */
struct known state_eval(const struct state *s, const struct values *v, ir_value value);
/* Goes on under the assumption that the value is true or false; false: it cannot be. */
bool state_assume(struct state *s, const struct values *v, ir_value value, bool is_true);

#endif
