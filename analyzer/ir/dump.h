/* Dumps of the IR as text, for `otel-tidy debug ir|cfg` and golden tests. */
#ifndef OTEL_TIDY_IR_DUMP_H
#define OTEL_TIDY_IR_DUMP_H

#include "base/str.h"
#include "ir/ir.h"

/* One function: its signature, variables, then each block with its ops. */
void ir_dump_func(struct strbuf *out, const struct ir_unit *unit, const struct ir_func *func);
/* One function's blocks and edges only. */
void ir_dump_cfg(struct strbuf *out, const struct ir_func *func);
/* Every function that is not from a system header. */
void ir_dump_unit(struct strbuf *out, const struct ir_unit *unit);
/* Files, functions by their sizes, annotations, comments and problems. */
void ir_dump_facts(struct strbuf *out, const struct ir_unit *unit);

#endif
