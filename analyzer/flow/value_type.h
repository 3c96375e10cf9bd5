/* The type that a value has as an attribute, and its text when it is a constant. */
#ifndef OTEL_TIDY_FLOW_VALUE_TYPE_H
#define OTEL_TIDY_FLOW_VALUE_TYPE_H

#include "flow/values.h"
#include "model/semconv.h"

/* TYPE_UNKNOWN where the type cannot be told: a template's, another variant's. */
enum attribute_type value_attribute_type(const struct values *v, ir_value value);
/* By the canonical spelling of a C or C++ type. */
enum attribute_type spelled_attribute_type(const char *spelling);
/* By the last word of a tag: OTELC_VALUE_INT64, kString. */
enum attribute_type tagged_attribute_type(const char *enumerator);
/* "200", "GET", "true" as it is written; NULL: not a constant. */
const char *value_literal(const struct values *v, ir_value value);
/* Without the temporaries, views and variants that are wrapped around it. */
ir_value value_unwrapped(const struct values *v, ir_value value);
/* The one INIT that a local record or array, or a constant, is made with; or IR_NONE. */
ir_value value_init(const struct values *v, ir_value value);
/* `{.u_type = OTELC_VALUE_INT64, .u.value_int64 = n}`: the type by the tag of such a record, and
 * its content. */
enum attribute_type value_tagged_type(const struct values *v, ir_value value, ir_value *inside);

#endif
