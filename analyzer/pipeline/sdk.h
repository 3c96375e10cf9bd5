/* The SDK in a program: declarative configuration, or OTEL_ variables. */
#ifndef OTEL_TIDY_PIPELINE_SDK_H
#define OTEL_TIDY_PIPELINE_SDK_H

#include "pipeline/system.h"

struct env_variable {
	const char *name;
	const struct yaml *at; /* its value */
};

struct environment {
	VEC(struct env_variable) all;
};

/* Adds an SDK when the environment has a variable that is about traces. NULL: it has none. */
struct sdk *sdk_from_environment(struct system *s, const struct environment *e, const char *name);
bool sdk_is_declarative(const struct yaml *root);
struct sdk *sdk_from_declarative(struct system *s, const struct yaml *root, const char *name);
/* The share of traces that its sampler starts. */
struct share sdk_share(const struct sdk *sdk);

#endif
