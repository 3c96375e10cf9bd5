/* How a span was asked for: its kind, and whether a parent was named. */
#ifndef OTEL_TIDY_FLOW_OPTIONS_H
#define OTEL_TIDY_FLOW_OPTIONS_H

#include "flow/spans.h"

enum span_kind {
	KIND_UNKNOWN, /* chosen at run time, or by code we cannot see */
	KIND_INTERNAL,
	KIND_SERVER,
	KIND_CLIENT,
	KIND_PRODUCER,
	KIND_CONSUMER,
};

struct start_options {
	enum span_kind kind;
	bool may_have_parent; /* a parent is named, or may be */
};

/* Reads the arguments of the start call, and what the function stores into them. */
void start_options_of(
	struct program *p, struct func *f, const struct span_site *s, struct start_options *out);
/* By the last word of an enumerator: CTEL_CLIENT, SpanKind::kServer, OTELC_SPAN_KIND_PRODUCER. */
enum span_kind span_kind_of(const char *enumerator);
const char *span_kind_name(enum span_kind kind); /* "CLIENT" */

/* Does the function speak of another kind than INTERNAL? */
bool options_mention_kind(const struct ir_func *f);

#endif
