/* What must not leave the process: credentials and personal data among keys and values. */
#ifndef OTEL_TIDY_ENGINE_PRIVATE_H
#define OTEL_TIDY_ENGINE_PRIVATE_H

#include "engine/tell.h"
#include "flow/pairs.h"

struct private_hit {
	struct func *func;
	const struct pair *pair;
	const char *key;             /* "db.password", or NULL: not constant */
	const struct origin *origin; /* where the value comes from, or NULL: the key says it */
};

/* Calls `report` for each pair written onto spans (or, when asked, into baggage) whose key, or
 * whose value's provenance, has that meaning; each place once. */
void private_find(struct rule_run *run, enum model_meaning meaning, bool in_baggage,
	void (*report)(struct rule_run *run, const struct private_hit *hit));

#endif
