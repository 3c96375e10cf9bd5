/* Every literal that a key can be, and where it stands: what a fix has to change. */
#ifndef OTEL_TIDY_FLOW_KEY_CHOICES_H
#define OTEL_TIDY_FLOW_KEY_CHOICES_H

#include "flow/values.h"

#define KEY_CHOICES_MAX 64

/* Ops that may be what is asked for; too many are none. */
struct key_choices {
	ir_value at[KEY_CHOICES_MAX];
	size_t nr;
	bool is_open; /* or something else */
};

/* String constants, when all that the key can be stand in the program. */
bool key_choices_find(const struct values *v, ir_value key, struct key_choices *out);
/* Where the text of a constant is written: in the call, or where a macro or a constant is defined.
 * Line 0: not known. */
struct ir_loc literal_place(const struct program *p, const struct values *v, ir_value value);

#endif
