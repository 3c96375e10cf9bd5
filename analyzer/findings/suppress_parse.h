/* The text of one suppression: what follows "otel-tidy:" in a comment. */
#ifndef OTEL_TIDY_FINDINGS_SUPPRESS_PARSE_H
#define OTEL_TIDY_FINDINGS_SUPPRESS_PARSE_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>

enum suppress_fault {
	SUPPRESS_FINE,
	SUPPRESS_MALFORMED, /* not "allow(…)", or a list that is empty or broken */
	SUPPRESS_NO_REASON, /* a sound list, and no "reason: …" behind it */
};

struct suppress_text {
	VEC(const char *) rules; /* each once, in order; filled unless malformed */
	const char *reason;      /* "" unless fine */
	enum suppress_fault fault;
	const char *message; /* what is wrong, one sentence without a full stop; "" when fine */
	const char *fix;     /* how it should read; "" when fine */
};

/* Strict: `allow(rule, rule) reason: why`, blanks allowed between the parts. */
void suppress_parse(struct arena *a, const char *text, struct suppress_text *out);

#endif
