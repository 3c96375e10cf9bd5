/* What calls do to a scope: the walk's subject is then not a span but the time in which one is
 * current. Part of flow/effects. */
#ifndef OTEL_TIDY_FLOW_SCOPE_EFFECTS_H
#define OTEL_TIDY_FLOW_SCOPE_EFFECTS_H

#include "flow/effects.h"

enum effect_event scope_effects_run(struct effects *fx, struct state *s, const struct call *call);

#endif
