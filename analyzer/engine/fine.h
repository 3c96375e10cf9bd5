/* Counting for the Fine Line. */
#ifndef OTEL_TIDY_ENGINE_FINE_H
#define OTEL_TIDY_ENGINE_FINE_H

#include "engine/judge.h"

void fine_count(struct program *p, struct judgement *out);

#endif
