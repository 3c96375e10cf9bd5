/* What reading the registry and asking it share. */
#ifndef OTEL_TIDY_MODEL_SEMCONV_READ_H
#define OTEL_TIDY_MODEL_SEMCONV_READ_H

#include "model/semconv.h"

/* Attributes that differ in case and delimiters only. */
struct same_letters {
	VEC(struct attribute_def *) all;
};

/* Letters and digits of a key, in lower case. */
void registry_letters(const char *key, char *out, size_t size);

#endif
