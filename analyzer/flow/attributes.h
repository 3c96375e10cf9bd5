/* Attribute keys that a call puts on the span of a path: part of flow/effects. */
#ifndef OTEL_TIDY_FLOW_ATTRIBUTES_H
#define OTEL_TIDY_FLOW_ATTRIBUTES_H

#include "flow/effects.h"
#include "flow/summary.h"

/* Keys that the callee of the call op is known to set; one that is a parameter of the callee
 * becomes what the caller passes. */
void attributes_add(struct effects *fx, struct state *s, const struct key_set *keys, uint32_t call);
/* Keys that a modelled call sets itself, by flow/pairs.h. */
void attributes_apply(struct effects *fx, struct state *s, const struct call *call);

/* `void tag(span *s, const char *key)`: a key in a summary that is a parameter, and which one. */
bool key_is_param(const char *key);
uint32_t key_param(const char *key);
/* May a set of keys of a walk hold more than it names? */
bool keys_has_unknown(const struct walk *w, uint64_t keys);

#endif
