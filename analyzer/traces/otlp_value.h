/* Values of OTLP JSON: ids, numbers, enums, and what attributes hold. */
#ifndef OTEL_TIDY_TRACES_OTLP_VALUE_H
#define OTEL_TIDY_TRACES_OTLP_VALUE_H

#include "traces/jcursor.h"
#include "traces/span.h"

/* All: false with the cursor's error when the value is of another kind. */
bool otlp_text(struct jcursor *c, struct arena *a, const char **out);
/* A whole number, as text or as number; what is negative or too large is an error. */
bool otlp_uint64(struct jcursor *c, uint64_t *out);
/* A number below `nr`, or one of the names; a number beyond is 0: a kind of the future. */
bool otlp_enum(struct jcursor *c, const char *const *names, size_t nr, unsigned *out);
/* 2 * nr hexadecimal digits. An empty text leaves `out` as it is. */
bool otlp_id(struct jcursor *c, uint8_t *out, size_t nr);
bool otlp_id_is_set(const uint8_t *id, size_t nr);
/* An AnyValue; sets text and type. */
bool otlp_value(struct jcursor *c, struct arena *a, struct trace_attr *out);

#endif
