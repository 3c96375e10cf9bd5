/* Constant strings: span names and attribute keys as the compiler would see them. */
#ifndef OTEL_TIDY_FLOW_STRINGS_H
#define OTEL_TIDY_FLOW_STRINGS_H

#include "flow/values.h"

#define STRINGS_MAX 64

/* Texts in the order of the source, each once. */
struct string_set {
	const char *at[STRINGS_MAX];
	size_t nr;
};

/* The text when the value is one constant string on every path: a literal, a constant, an element
 * of a constant table, a view or string made of one, a local that is never given another. NULL
 * otherwise. */
const char *value_string(const struct values *v, ir_value value);
/* All texts the value can be, when they all stand in the program: a table by a variable index,
 * `c ? "a" : "b"`. False: it may be others as well. */
bool value_strings(const struct values *v, ir_value value, struct string_set *out);
/* The method changes the text of the string it is called on. */
bool string_is_changed_by(const struct ir_op *call);

#endif
