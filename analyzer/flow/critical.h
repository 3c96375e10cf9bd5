/* Annotations and critical paths: from annotations.h in the code and from otel-tidy.json. */
#ifndef OTEL_TIDY_FLOW_CRITICAL_H
#define OTEL_TIDY_FLOW_CRITICAL_H

struct ir_decl;
struct program;

/* Remembers the annotations of a declaration whose definition may be in another unit. */
void critical_note_decl(struct program *p, const struct ir_decl *decl);
/* Fills notes, critical, is_not_trivial, transfers_span, ends_params of every function, and
 * program->criticals. */
void critical_apply(struct program *p);

#endif
