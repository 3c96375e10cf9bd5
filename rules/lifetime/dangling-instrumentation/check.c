/* dangling-instrumentation: a tracing call became the body of an `if`, `else` or loop without
 * braces, and what used to be the body is now done always.
 *
 * The IR knows no braces. What gives it away is the layout: the call is all that the branch holds,
 * and the next statement stands below it in the same column, further in than the `if`. */
#include "engine/tell.h"

void rule_dangling_instrumentation(struct rule_run *run);

static const struct ir_op *last_op(const struct ir_func *f, const struct ir_block *b)
{
	return &f->ops[b->first + b->nr_ops - 1];
}

/* Calls that somebody adds in order to trace, and not for the program's own sake. */
static bool is_tracing(const struct model_call *m)
{
	switch (m ? m->effect : EFFECT_TELEMETRY) {
	case EFFECT_START:
	case EFFECT_END:
	case EFFECT_ATTRIBUTE:
	case EFFECT_STATUS:
	case EFFECT_EVENT:
	case EFFECT_EXCEPTION:
	case EFFECT_RENAME:
	case EFFECT_LINK:
	case EFFECT_ACTIVATE:
	case EFFECT_DEACTIVATE:
	case EFFECT_BAGGAGE_SET:
		return true;
	default:
		return false;
	}
}

/* The tracing call that is all a block does, or NULL. */
static const struct ir_op *only_call(const struct func *f, const struct ir_block *b)
{
	const struct ir_op *found = NULL;
	for (uint32_t i = b->first; i + 1 < b->first + b->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_SCOPE_END || op->kind == IR_UNKNOWN)
			return NULL;
		if (op->kind != IR_CALL || !(op->flags & IR_CALL_DISCARDED))
			continue;
		const struct call *call = func_call(f, i);
		if (found || !is_tracing(call->model))
			return NULL;
		found = op;
	}
	return found && last_op(f->ir, b)->kind == IR_JUMP ? found : NULL;
}

/* The first line below `above` that a block has something on. */
static uint32_t first_line(const struct ir_func *f, const struct ir_block *b, uint32_t above)
{
	uint32_t line = 0;
	for (uint32_t i = b->first; i < b->first + b->nr_ops; i++)
		if (f->ops[i].loc.line > above && (!line || f->ops[i].loc.line < line))
			line = f->ops[i].loc.line;
	return line;
}

/* The leftmost op of a block on a line; NULL when there is none. */
static const struct ir_op *leftmost(
	const struct ir_func *f, const struct ir_block *b, uint32_t line)
{
	const struct ir_op *found = NULL;
	for (uint32_t i = b->first; i < b->first + b->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_SCOPE_END && op->loc.line == line &&
			(!found || op->loc.col < found->loc.col))
			found = op;
	}
	return found;
}

static bool same_place(const struct ir_loc *a, const struct ir_loc *b)
{
	return a->file == b->file && a->line == b->line && a->col == b->col;
}

/* Is it where a statement begins? An operand in a condition, or a variable behind its type, is
 * not. */
static bool begins_statement(
	const struct ir_func *f, const struct ir_block *b, const struct ir_op *next)
{
	const struct ir_loc *loc = &next->loc;
	const struct ir_op *last = last_op(f, b);
	if ((last->kind == IR_BRANCH || last->kind == IR_SWITCH) && last->loc.line == loc->line)
		return false;
	/* what a macro declares has the place of the macro */
	for (uint32_t i = 0; i < f->nr_vars && !(next->flags & IR_IN_MACRO); i++)
		if (same_place(&f->vars[i].loc, loc))
			return false;
	for (uint32_t i = b->first; i < b->first + b->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		bool is_whole = op->kind == IR_STORE || op->kind == IR_RETURN ||
				op->kind == IR_THROW || op->kind == IR_JUMP ||
				(op->kind == IR_CALL && (op->flags & IR_CALL_DISCARDED));
		if (is_whole && same_place(&op->loc, loc))
			return true;
	}
	return false;
}

static void report(
	struct rule_run *run, struct func *f, const struct ir_op *call, const struct ir_op *next)
{
	if (tell_has(run, &call->loc))
		return;
	struct story story = {0};
	story_add(run, &story, &call->loc, "this tracing call is all that the condition decides");
	story_add(
		run, &story, &next->loc, "this looks as if it belonged to it, and is done always");
	tell(run, f, &call->loc, "dangling",
		"a tracing call became the body of a statement without braces",
		"what it pushed out of the condition now happens on every path: the "
		"instrumentation has "
		"changed what the program does",
		"put braces around both", &story);
}

/* `body` is entered from a branch, `after` is where both ways meet, `head` is the place of the
 * `if` or loop. */
static void check_body(struct rule_run *run, struct func *f, const struct ir_block *body,
	const struct ir_block *after, const struct ir_loc *head)
{
	const struct ir_op *call = only_call(f, body);
	if (!call || body == after)
		return;
	struct ir_block stmts = *body; /* its jump carries another place */
	stmts.nr_ops--;
	const struct ir_op *begin = leftmost(f->ir, &stmts, first_line(f->ir, &stmts, 0));
	/* what a `for` does after each round stands in its head, further up */
	uint32_t line = first_line(f->ir, after, call->loc.line);
	const struct ir_op *next = leftmost(f->ir, after, line);
	if (!begin || !next || !same_place(&begin->loc, &call->loc) ||
		next->loc.file != call->loc.file || line <= call->loc.line ||
		next->loc.col != call->loc.col || !begins_statement(f->ir, after, next))
		return;
	if (head->line >= call->loc.line || head->file != call->loc.file ||
		head->col >= call->loc.col)
		return;
	report(run, f, call, next);
}

static bool is_empty(const struct ir_func *f, const struct ir_block *b)
{
	return b->nr_ops == 1 && last_op(f, b)->kind == IR_JUMP;
}

/* The end of an `else if` leads to the end of its `if`, with nothing on the way. */
static void check_join(struct rule_run *run, struct func *f, const struct ir_block *body,
	const struct ir_block *join, const struct ir_loc *head)
{
	check_body(run, f, body, join, head);
	const struct ir_block *next =
		is_empty(f->ir, join) ? &f->ir->blocks[join->succs[0].block] : join;
	if (next->first > join->first)
		check_join(run, f, body, next, head);
}

void rule_dangling_instrumentation(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		const struct ir_func *ir = f->ir;
		if (ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t b = 0; b < ir->nr_blocks; b++) {
			if (last_op(ir, &ir->blocks[b])->kind != IR_BRANCH)
				continue;
			const struct ir_block *yes = &ir->blocks[ir->blocks[b].succs[0].block];
			const struct ir_block *no = &ir->blocks[ir->blocks[b].succs[1].block];
			bool is_if = yes->nr_succs == 1 && no->nr_succs == 1 &&
				     yes->succs[0].block == no->succs[0].block;
			if (is_if) {
				const struct ir_block *join = &ir->blocks[yes->succs[0].block];
				/* the empty side of an `if` carries the place of the `if` */
				if (is_empty(ir, no))
					check_join(run, f, yes, join, &last_op(ir, no)->loc);
				else if (is_empty(ir, yes)) /* if (!…) */
					check_join(run, f, no, join, &last_op(ir, yes)->loc);
				else
					check_join(run, f, no, join, &last_op(ir, no)->loc);
			} else if (yes->nr_succs == 1 && yes != no) {
				/* a loop: its body jumps back with the place of the loop */
				if (yes->succs[0].block <= b || no->first > yes->first)
					check_body(run, f, yes, no, &last_op(ir, yes)->loc);
			}
		}
	}
}
