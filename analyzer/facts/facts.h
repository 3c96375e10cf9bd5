/* Facts: one unit's IR as bytes, so that judging never needs the parser. The format is private to
 * one version of the tool: a magic, a version, a checksum, a string table, then the unit as
 * variable-length integers. Reading is safe on any bytes. */
#ifndef OTEL_TIDY_FACTS_FACTS_H
#define OTEL_TIDY_FACTS_FACTS_H

#include "base/map.h"
#include "base/str.h"
#include "ir/ir.h"

/* Paths are written as they are in the unit. */
void facts_write(struct strbuf *out, const struct ir_unit *unit);

/* False when the bytes are not a whole facts file of this version; `error` says so. Strings are
 * interned in `in`, the rest lives in `a`. */
bool facts_read(struct arena *a, struct intern *in, const char *bytes, size_t n,
	struct ir_unit *out, const char **error);

#endif
