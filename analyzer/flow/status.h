/* Which status a call sets on a span. */
#ifndef OTEL_TIDY_FLOW_STATUS_H
#define OTEL_TIDY_FLOW_STATUS_H

#include "flow/values.h"

enum status {
	STATUS_NONE,    /* it sets none */
	STATUS_UNKNOWN, /* any */
	STATUS_UNSET,
	STATUS_OK,
	STATUS_ERROR,
};

/* For a call with a model: a status call, an end that takes a status, an exception. */
enum status status_of(const struct values *v, const struct model_call *m, const struct ir_op *call);

#endif
