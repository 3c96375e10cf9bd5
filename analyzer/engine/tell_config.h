/* How rules about configuration tell: places from YAML nodes. They are rules like all others: a
 * pure function, from the graph in run->program->system to findings; their group is "sampling". */
#ifndef OTEL_TIDY_ENGINE_TELL_CONFIG_H
#define OTEL_TIDY_ENGINE_TELL_CONFIG_H

#include "engine/tell.h"
#include "pipeline/collector.h"
#include "pipeline/system.h"
#include "pipeline/tail.h"

/* Is it a rule about configuration? */
bool rule_reads_config(const struct rule *r);

/* What is told of a place. `message` is needed; all else may be NULL. */
struct remark {
	const struct yaml *at;
	const struct pipeline *pipeline;
	const char *subject, *message, *why, *fix;
	const struct story *story;
	const struct patch *patch;
};
void remark(const struct rule_run *run, const struct remark *r);
void story_add_node(const struct rule_run *run, struct story *story, const struct yaml *at,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The edits that write `text` in place of the scalar, or nothing when it is not written plainly. */
const struct patch *replace_scalar(
	const struct rule_run *run, const struct yaml *at, const char *text, const char *title);

/* The edit that puts an item before the first one of a list in block style; its further lines are
 * indented as the item is. NULL when the list is written in another way. */
const struct patch *insert_item(const struct rule_run *run, const struct yaml *list,
	const char *const *lines, size_t nr, const char *title);

/* "10 %", "0.5 %", "between 0 and 10 %" */
const char *share_text(const struct rule_run *run, struct share s);
const char *seconds_text(const struct rule_run *run, double seconds);
/* Every use of a processor of a type in pipelines that carry traces. Begin with *at = 0. */
const struct use *next_use(const struct rule_run *run, const char *type, size_t *at,
	struct pipeline **pipeline, size_t *number);

#endif
