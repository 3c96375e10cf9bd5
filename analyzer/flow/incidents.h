/* Incidents: what happens to a span on the way, where exits only tell how it stands at the end.
 *
 * The walk asks at every call before the call takes effect. A call that goes wrong in one state and
 * well in another is certain only for the paths it went wrong on: `is_certain` says that no state
 * reaches it with the span in any other condition. */
#ifndef OTEL_TIDY_FLOW_INCIDENTS_H
#define OTEL_TIDY_FLOW_INCIDENTS_H

#include "flow/state.h"

struct effects;
struct hop;

enum incident_kind {
	INCIDENT_USE_AFTER_END,  /* attribute, event, status …; after a release any use at all */
	INCIDENT_END_AGAIN,      /* a second end, or a second release */
	INCIDENT_ERROR_AFTER_OK, /* an error status after Ok, which is final */
	INCIDENT_UNCHECKED,      /* used where it may be NULL and nobody looked */
	INCIDENT_OUT_OF_ORDER,   /* a scope is left while a later one is still in force */
	INCIDENT_NR,
};

struct incident {
	enum incident_kind kind;
	uint32_t op;
	uint32_t since;   /* op of the end, or IR_NONE */
	bool is_certain;  /* on every path that reaches the op with the span started */
	bool is_straight; /* no branch is taken between `since` and the op */
	bool is_released; /* the handle's memory is gone by then */
	uint32_t nr_hops; /* as in struct walk_exit */
	const struct hop *hops;
};

/* What the call at `op` is about to do in this state: bits of the kinds that happen, and in
 * `avoided` bits of those that could have and do not. */
uint32_t incidents_at(struct effects *fx, const struct state *s, uint32_t op, uint32_t *avoided);

#endif
