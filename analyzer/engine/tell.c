/* Turns ops and paths into what findings carry. */
#include "engine/tell.h"

#include "base/str.h"
#include "engine/spell.h"

#include <string.h>

struct place tell_place(const struct rule_run *run, const struct ir_loc *loc)
{
	return (struct place){.file = program_file(run->program, loc),
		.line = loc->line,
		.col = loc->col,
		.end_col = loc->end_col};
}

void story_add(const struct rule_run *run, struct story *story, const struct ir_loc *loc,
	const char *fmt, ...)
{
	if (!loc->line)
		return;
	va_list ap;
	va_start(ap, fmt);
	struct step step = {tell_place(run, loc), arena_vprintf(run->arena, fmt, ap)};
	va_end(ap);
	vec_push(run->arena, &story->steps, step);
}

static const char *hop_text(const struct rule_run *run, struct func *f, const struct hop *hop)
{
	const struct ir_op *op = &f->ir->ops[hop->op];
	if (op->kind == IR_BRANCH) {
		const char *text = spell_condition(run->program, f, op->args[0], hop->succ == 0);
		return text ? text : "the path parts here";
	}
	if (op->kind == IR_TRY)
		return hop->succ == 0 ? "" : "an exception is caught";
	for (uint32_t i = 0; i < f->ir->nr_blocks; i++) {
		const struct ir_block *b = &f->ir->blocks[i];
		if (b->first + b->nr_ops - 1 != hop->op)
			continue;
		const char *label = b->succs[hop->succ].label;
		if (str_eq(label, "default"))
			return "takes the default";
		return tell_text(run, "takes case %s", label);
	}
	return "";
}

void story_add_path(const struct rule_run *run, struct story *story, struct func *f,
	const struct hop *hops, uint32_t nr_hops, uint32_t since)
{
	for (uint32_t i = 0; i < nr_hops; i++) {
		const struct ir_op *op = &f->ir->ops[hops[i].op];
		/* a branch over a constant is a macro's `do … while (0)`: no news */
		if (op->kind == IR_BRANCH && f->ir->ops[op->args[0]].kind == IR_CONST)
			continue;
		if (since != IR_NONE && hops[i].op < since)
			continue;
		const char *text = hop_text(run, f, &hops[i]);
		if (text[0])
			story_add(run, story, &op->loc, "%s", text);
	}
}

void story_add_hops(const struct rule_run *run, struct story *story, struct func *f,
	const struct walk_exit *e, uint32_t since)
{
	story_add_path(run, story, f, e->hops, e->nr_hops, since);
}

bool tell_has(const struct rule_run *run, const struct ir_loc *loc)
{
	struct place place = tell_place(run, loc);
	for (size_t i = run->findings->all.nr; i-- > 0;) {
		const struct finding *f = &run->findings->all.at[i];
		if (!str_eq(f->rule, run->rule->name))
			break;
		if (f->place.line == place.line && f->place.col == place.col &&
			str_eq(f->place.file, place.file))
			return true;
	}
	return false;
}

const char *tell_text(const struct rule_run *run, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *text = arena_vprintf(run->arena, fmt, ap);
	va_end(ap);
	return text;
}

struct plan tell_plan(const struct rule_run *run, enum plan_kind kind, const struct ir_loc *loc,
	const char *old, const char *text)
{
	return (struct plan){.kind = kind,
		.file = program_file(run->program, loc),
		.line = loc->line,
		.col = loc->col,
		.old = old,
		.text = text};
}

void tell(const struct rule_run *run, const struct func *f, const struct ir_loc *loc,
	const char *subject, const char *message, const char *why, const char *fix,
	const struct story *story)
{
	tell_with_patch(run, f, loc, subject, message, why, fix, story, NULL);
}

void tell_with_patch(const struct rule_run *run, const struct func *f, const struct ir_loc *loc,
	const char *subject, const char *message, const char *why, const char *fix,
	const struct story *story, const struct patch *patch)
{
	struct finding finding = {.rule = run->rule->name,
		.severity = run->rule->severity,
		.place = tell_place(run, loc),
		.function = f ? f->ir->name : "",
		.subject = subject,
		.message = message,
		.why = why,
		.fix = fix,
		.justification = ""};
	if (story) {
		finding.steps = story->steps.at;
		finding.nr_steps = (uint32_t)story->steps.nr;
	}
	if (patch) {
		finding.patch = arena_new(run->arena, struct patch);
		*finding.patch = *patch;
		struct plan *plans = arena_array(run->arena, struct plan, patch->nr_plans);
		memcpy(plans, patch->plans, patch->nr_plans * sizeof(*plans));
		finding.patch->plans = plans;
	}
	findings_add(run->findings, finding);
}

void story_add_origin(const struct rule_run *run, struct story *story, const struct origin *origin)
{
	for (size_t i = 0; i < origin->nr_steps; i++) {
		const struct station *at = &origin->steps[i];
		if (at->text[0])
			story_add(run, story, &at->func->ir->ops[at->op].loc, "%s", at->text);
	}
}
