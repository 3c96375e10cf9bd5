/* How rules tell: places from ops, paths as steps, findings with the rule's name and severity. */
#ifndef OTEL_TIDY_ENGINE_TELL_H
#define OTEL_TIDY_ENGINE_TELL_H

#include "engine/rule.h"
#include "findings/patch.h"
#include "flow/provenance.h"
#include "flow/spans.h"

struct place tell_place(const struct rule_run *run, const struct ir_loc *loc);

/* Steps in the order they happen. */
struct story {
	VEC(struct step) steps;
};
void story_add(const struct rule_run *run, struct story *story, const struct ir_loc *loc,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The branches on the way to an exit, from the one after `since` on (IR_NONE: all). */
void story_add_hops(const struct rule_run *run, struct story *story, struct func *f,
	const struct walk_exit *e, uint32_t since);

void story_add_path(const struct rule_run *run, struct story *story, struct func *f,
	const struct hop *hops, uint32_t nr_hops, uint32_t since);
/* From where a text begins to where it is used. */
void story_add_origin(const struct rule_run *run, struct story *story, const struct origin *origin);
/* Has the running rule told something about this place already? */
bool tell_has(const struct rule_run *run, const struct ir_loc *loc);
/* Adds a finding of the running rule. `f` may be NULL. Texts are copied. */
void tell(const struct rule_run *run, const struct func *f, const struct ir_loc *loc,
	const char *subject, const char *message, const char *why, const char *fix,
	const struct story *story);
/* The same with edits that would mend it. `patch` is copied; NULL: none. */
void tell_with_patch(const struct rule_run *run, const struct func *f, const struct ir_loc *loc,
	const char *subject, const char *message, const char *why, const char *fix,
	const struct story *story, const struct patch *patch);
/* A step of a patch. */
struct plan tell_plan(const struct rule_run *run, enum plan_kind kind, const struct ir_loc *loc,
	const char *old, const char *text);
const char *tell_text(const struct rule_run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
