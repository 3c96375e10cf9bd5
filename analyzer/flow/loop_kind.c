/* Tells walks over data from loops that wait, retry or run a few times. */
#include "flow/loop_kind.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CHAIN_MAX 8

/* What decides whether the loop goes on: the conditions of its head (`a && b` are two blocks) or of
 * the block that jumps back. */
struct conditions {
	uint32_t nr;
	ir_value at[CHAIN_MAX];
	bool has_exit;
};

struct judge {
	const struct func *func;
	const struct ir_func *f;
	const struct loop *loop;
	struct arena *arena;
	struct conditions conditions;
	bool *tainted;  /* per variable: depends on the one in question */
	uint32_t *seen; /* per op: the question it was last looked at for */
	uint32_t question;
};

static const struct ir_op *terminator(const struct ir_func *f, uint32_t block)
{
	return &f->ops[f->blocks[block].first + f->blocks[block].nr_ops - 1];
}

static bool leaves(const struct judge *j, uint32_t block)
{
	const struct ir_block *b = &j->f->blocks[block];
	for (uint32_t k = 0; k < b->nr_succs; k++)
		if (!j->loop->has[b->succs[k].block])
			return true;
	return false;
}

static void add_condition(struct judge *j, uint32_t block)
{
	struct conditions *c = &j->conditions;
	c->has_exit |= leaves(j, block);
	c->at[c->nr++] = terminator(j->f, block)->args[0];
}

/* From the head on through blocks that do nothing but decide. */
static void find_head_conditions(struct judge *j)
{
	uint32_t block = j->loop->head;
	while (j->conditions.nr < CHAIN_MAX && j->loop->has[block] &&
		terminator(j->f, block)->kind == IR_BRANCH) {
		const struct ir_block *b = &j->f->blocks[block];
		uint32_t yes = b->succs[0].block, no = b->succs[1].block;
		add_condition(j, block);
		if (!j->loop->has[yes])
			block = no; /* `while (!a && …)`, `if (…) break` at the top */
		else if (!j->loop->has[no])
			return;
		else
			block = no; /* `while (a || b)` */
	}
}

static void find_conditions(struct judge *j)
{
	find_head_conditions(j);
	if (j->conditions.has_exit)
		return;
	j->conditions.nr = 0;
	for (uint32_t i = j->loop->head; i < j->f->nr_blocks; i++) {
		const struct ir_block *b = &j->f->blocks[i];
		if (!j->loop->has[i] || terminator(j->f, i)->kind != IR_BRANCH)
			continue;
		bool is_latch =
			b->succs[0].block == j->loop->head || b->succs[1].block == j->loop->head;
		if (is_latch && leaves(j, i) && j->conditions.nr < CHAIN_MAX)
			add_condition(j, i);
	}
}

/* ---- what depends on what ---- */

static bool depends(struct judge *j, ir_value v)
{
	if (v == IR_NONE || j->seen[v] == j->question)
		return false;
	j->seen[v] = j->question;
	const struct ir_op *op = &j->f->ops[v];
	if (op->kind == IR_VAR)
		return j->tainted[op->var];
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (depends(j, op->args[i]))
			return true;
	return false;
}

static bool value_depends(struct judge *j, ir_value v)
{
	j->question++;
	return depends(j, v);
}

static bool is_in_loop(const struct judge *j, uint32_t op)
{
	return j->loop->has[block_of(j->f, op)];
}

/* The variable a store in the loop writes, or IR_NONE. */
static uint32_t stored_var(const struct judge *j, uint32_t number)
{
	const struct ir_op *op = &j->f->ops[number];
	if (op->kind != IR_STORE || op->args[0] == IR_NONE || !is_in_loop(j, number))
		return IR_NONE;
	const struct ir_op *to = &j->f->ops[op->args[0]];
	return to->kind == IR_VAR ? to->var : IR_NONE;
}

/* Everything that is made of `var` within the loop. */
static void taint(struct judge *j, uint32_t var)
{
	memset(j->tainted, 0, j->f->nr_vars * sizeof(*j->tainted));
	j->tainted[var] = true;
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t i = 0; i < j->f->nr_ops; i++) {
			uint32_t to = stored_var(j, i);
			if (to == IR_NONE || j->tainted[to] ||
				!value_depends(j, j->f->ops[i].args[1]))
				continue;
			j->tainted[to] = changed = true;
		}
	}
}

static bool is_step_operator(const struct ir_op *op)
{
	const char *name = ir_simple_name(op->sym);
	return op->kind == IR_CALL &&
	       (str_eq(name, "operator++") || str_eq(name, "operator--") ||
		       str_eq(name, "operator+=") || str_eq(name, "operator-="));
}

/* Does the loop move the variable on: `i++`, `n = n->next`, `++it`? */
static bool is_advanced(struct judge *j, uint32_t var)
{
	const struct ir_var *v = &j->f->vars[var];
	if ((v->flags & (IR_VAR_STATIC | IR_VAR_CAPTURED)) || str_eq(v->type, "bool") ||
		str_eq(v->type, "_Bool"))
		return false;
	taint(j, var);
	for (uint32_t i = 0; i < j->f->nr_ops; i++) {
		const struct ir_op *op = &j->f->ops[i];
		if (stored_var(j, i) == var && value_depends(j, op->args[1]))
			return true;
		if (is_step_operator(op) && op->nr_args && op->args[0] != IR_NONE &&
			j->f->ops[op->args[0]].kind == IR_VAR &&
			j->f->ops[op->args[0]].var == var && is_in_loop(j, i))
			return true;
	}
	return false;
}

/* ---- a few rounds ---- */

static ir_value through_copies(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && f->ops[v].kind == IR_COPY)
		v = f->ops[v].args[0];
	return v;
}

static bool constant(const struct ir_func *f, ir_value v, long *out)
{
	v = through_copies(f, v);
	if (v == IR_NONE || f->ops[v].kind != IR_CONST ||
		(f->ops[v].sub != IR_LIT_INT && f->ops[v].sub != IR_LIT_ENUM) || !f->ops[v].sym[0])
		return false;
	char *end;
	*out = strtol(f->ops[v].sym, &end, 0);
	return strspn(end, "uUlL") == strlen(end);
}

/* Where the counter starts: the one constant that is stored to it outside of the loop. */
static bool starts_at(const struct judge *j, uint32_t var, long *out)
{
	uint32_t nr = 0;
	for (uint32_t i = 0; i < j->f->nr_ops; i++) {
		const struct ir_op *op = &j->f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || is_in_loop(j, i))
			continue;
		const struct ir_op *to = &j->f->ops[op->args[0]];
		if (to->kind != IR_VAR || to->var != var)
			continue;
		if (!constant(j->f, op->args[1], out))
			return false;
		nr++;
	}
	return nr == 1;
}

static bool is_few(const struct judge *j, ir_value condition)
{
	condition = through_copies(j->f, condition);
	if (condition == IR_NONE)
		return false;
	const struct ir_op *op = &j->f->ops[condition];
	long start, bound = 0;
	ir_value counter = condition;
	if (op->kind == IR_COMPARE && op->nr_args == 2) {
		counter = op->args[0];
		if (!constant(j->f, op->args[1], &bound))
			return false;
	}
	counter = through_copies(j->f, counter);
	if (counter == IR_NONE || j->f->ops[counter].kind != IR_LOAD)
		return false;
	ir_value var = j->f->ops[counter].args[0];
	if (var == IR_NONE || j->f->ops[var].kind != IR_VAR ||
		!starts_at(j, j->f->ops[var].var, &start))
		return false;
	long rounds = bound > start ? bound - start : start - bound;
	bool is_inclusive = str_eq(op->sym, "<=") || str_eq(op->sym, ">=");
	return rounds + is_inclusive <= LOOP_FEW;
}

/* ---- again until it works ---- */

static bool is_named_attempt(const char *name)
{
	static const char *const words[] = {"attempt", "retry", "retries", "tries", "backoff"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(name, words[i]))
			return true;
	return false;
}

/* A call that may fail, and that is made the same way in each round. */
static bool is_same_call(struct judge *j, ir_value v)
{
	const struct call *c = v == IR_NONE ? NULL : func_call(j->func, v);
	if (!c || c->model || !is_in_loop(j, v))
		return false;
	if (!c->callee && (c->io->cost == COST_FREE || c->io->cost == COST_ALLOC))
		return false;
	return !value_depends(j, v);
}

/* Is the outcome of such a call what the condition asks about? */
static bool asks_for_outcome(struct judge *j, ir_value condition, unsigned depth)
{
	condition = through_copies(j->f, condition);
	if (condition == IR_NONE || depth == CHAIN_MAX)
		return false;
	const struct ir_op *op = &j->f->ops[condition];
	if (op->kind == IR_CALL)
		return is_same_call(j, condition);
	if (op->kind == IR_COMPARE) {
		for (uint32_t i = 0; i < op->nr_args; i++)
			if (asks_for_outcome(j, op->args[i], depth + 1))
				return true;
		return false;
	}
	if (op->kind != IR_LOAD || op->args[0] == IR_NONE || j->f->ops[op->args[0]].kind != IR_VAR)
		return false;
	for (uint32_t i = 0; i < j->f->nr_ops; i++)
		if (stored_var(j, i) == j->f->ops[op->args[0]].var &&
			is_same_call(j, through_copies(j->f, j->f->ops[i].args[1])))
			return true;
	return false;
}

static bool is_retry(struct judge *j)
{
	for (uint32_t i = 0; i < j->f->nr_blocks; i++)
		if (j->loop->has[i] && leaves(j, i) && terminator(j->f, i)->kind == IR_BRANCH &&
			asks_for_outcome(j, terminator(j->f, i)->args[0], 0))
			return true;
	return false;
}

/* ---- the verdict ---- */

/* The variables a condition looks at. */
static void mark_vars(struct judge *j, ir_value v, bool *vars)
{
	if (v == IR_NONE || j->seen[v] == j->question)
		return;
	j->seen[v] = j->question;
	const struct ir_op *op = &j->f->ops[v];
	if (op->kind == IR_VAR)
		vars[op->var] = true;
	for (uint32_t i = 0; i < op->nr_args; i++)
		mark_vars(j, op->args[i], vars);
}

static enum loop_kind decide(struct judge *j)
{
	bool *vars = arena_array(j->arena, bool, j->f->nr_vars);
	if (!j->conditions.has_exit)
		return LOOP_SERVER;
	for (uint32_t i = 0; i < j->conditions.nr; i++) {
		ir_value c = through_copies(j->f, j->conditions.at[i]);
		if (is_few(j, c))
			return LOOP_FEW_ROUNDS;
		if (c != IR_NONE && j->f->ops[c].kind == IR_CALC &&
			str_eq(j->f->ops[c].sym, "more"))
			return LOOP_DATA; /* a range-for */
	}
	j->question++;
	for (uint32_t i = 0; i < j->conditions.nr; i++)
		mark_vars(j, j->conditions.at[i], vars);
	for (uint32_t i = 0; i < j->f->nr_vars; i++)
		if (vars[i] && is_named_attempt(j->f->vars[i].name))
			return LOOP_RETRY;
	for (uint32_t i = 0; i < j->f->nr_vars; i++)
		if (vars[i] && is_advanced(j, i)) /* leaves what depends on i tainted */
			return is_retry(j) ? LOOP_RETRY : LOOP_DATA;
	return LOOP_UNKNOWN;
}

enum loop_kind loop_kind_of(const struct func *f, const struct loop *loop)
{
	struct arena scratch;
	arena_init(&scratch);
	struct judge j = {.func = f, .f = f->ir, .loop = loop, .arena = &scratch};
	j.tainted = arena_array(&scratch, bool, f->ir->nr_vars);
	j.seen = arena_array(&scratch, uint32_t, f->ir->nr_ops);
	find_conditions(&j);
	enum loop_kind kind = decide(&j);
	arena_fini(&scratch);
	return kind;
}
