/* Constant strings: span names and attribute keys as the compiler would see them. */
#ifndef OTEL_TIDY_FLOW_STRINGS_H
#define OTEL_TIDY_FLOW_STRINGS_H

#include "flow/values.h"

/* The text when the value is one constant string on every path: a literal, a constant, a view or
 * string made of one, a local that is stored only once. NULL otherwise. */
const char *value_string(const struct values *v, ir_value value);

#endif
