/* Costs bottom-up over the call graph. */
#include "flow/cost.h"

#include "base/str.h"
#include "flow/loops.h"

#include <stdlib.h>
#include <string.h>

#define TOTAL_MAX 100000
#define DEPTH_MAX 100

static bool is_telemetry_type(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t && t->role != ROLE_NONE;
}

bool cost_is_telemetry(struct program *p, const struct func *f, ir_value v)
{
	const struct call *c = v == IR_NONE ? NULL : func_call(f, v);
	if (!c)
		return false;
	if (c->callee && c->callee->span_class)
		return true; /* nothing but tracing: flow/classes.h */
	return c->model || (c->callee && c->callee->cost && cost_is_short(c->callee->cost) &&
				   is_telemetry_type(p, c->callee->ir->ret));
}

/* Looks through copies without building the function's values: most functions never need them. */
static ir_value through_copies(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && f->ops[v].kind == IR_COPY)
		v = f->ops[v].args[0];
	return v;
}

static bool is_telemetry_store(struct program *p, const struct func *f, const struct ir_op *op)
{
	ir_value to = op->args[0];
	if (cost_is_telemetry(p, f, through_copies(f->ir, op->args[1])))
		return true;
	return to != IR_NONE && f->ir->ops[to].kind == IR_VAR &&
	       is_telemetry_type(p, f->ir->vars[f->ir->ops[to].var].type);
}

static bool is_telemetry_branch(struct program *p, const struct func *f, const struct ir_op *op)
{
	ir_value v = through_copies(f->ir, op->args[0]);
	while (v != IR_NONE && f->ir->ops[v].kind == IR_COMPARE)
		v = through_copies(f->ir, f->ir->ops[v].args[0]);
	if (v == IR_NONE || f->ir->ops[v].kind == IR_CONST || cost_is_telemetry(p, f, v))
		return true;
	const struct ir_op *load = &f->ir->ops[v];
	if (load->kind != IR_LOAD || load->args[0] == IR_NONE)
		return false;
	const struct ir_op *var = &f->ir->ops[load->args[0]];
	return var->kind == IR_VAR && is_telemetry_type(p, f->ir->vars[var->var].type);
}

bool cost_is_work(struct program *p, const struct func *f, uint32_t number)
{
	const struct ir_op *op = &f->ir->ops[number];
	switch (op->kind) {
	case IR_CALL:
		return !cost_is_telemetry(p, f, number);
	case IR_STORE:
		return !is_telemetry_store(p, f, op);
	case IR_BRANCH:
		return !is_telemetry_branch(p, f, op);
	case IR_RETURN:
		return op->nr_args != 0;
	case IR_SWITCH:
	case IR_THROW:
		return true;
	default:
		return false;
	}
}

/* `blocks` of NULL is the whole function. */
static bool is_asked_for(const struct func *f, const bool *blocks, uint32_t op)
{
	return !blocks || blocks[block_of(f->ir, op)];
}

static int compare_u64(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
	return a < b ? -1 : a > b;
}

/* Distinct source lines on which this function does something of its own. */
static uint32_t count_lines(
	struct program *p, const struct func *f, const bool *blocks, struct arena *scratch)
{
	VEC(uint64_t) lines = {0};
	for (uint32_t i = 0; i < f->ir->nr_ops; i++)
		if (is_asked_for(f, blocks, i) && cost_is_work(p, f, i))
			vec_push(scratch, &lines,
				(uint64_t)f->ir->ops[i].loc.file << 32 | f->ir->ops[i].loc.line);
	if (lines.nr)
		qsort(lines.at, lines.nr, sizeof(*lines.at), compare_u64);
	uint32_t distinct = 0;
	for (size_t i = 0; i < lines.nr; i++)
		distinct += i == 0 || lines.at[i] != lines.at[i - 1];
	return distinct;
}

/* The back edge of `do { … } while (0)` is never taken. */
static bool is_taken(const struct ir_func *f, const struct ir_block *b, uint32_t succ)
{
	const struct ir_op *last = &f->ops[b->first + b->nr_ops - 1];
	ir_value c = last->kind == IR_BRANCH ? through_copies(f, last->args[0]) : IR_NONE;
	return succ != 0 || c == IR_NONE || f->ops[c].kind != IR_CONST ||
	       (!str_eq(f->ops[c].sym, "0") && !str_eq(f->ops[c].sym, "false"));
}

/* An edge back to a block at or before its own: blocks stand in reverse postorder. */
static bool has_loop(const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_blocks; i++)
		for (uint32_t k = 0; k < f->blocks[i].nr_succs; k++)
			if (f->blocks[i].succs[k].block <= i && is_taken(f, &f->blocks[i], k))
				return true;
	return false;
}

/* How many loops the block is in. */
static uint32_t depth_at(struct program *p, struct func *f, uint32_t op)
{
	const struct loops *l = loops_of(p, f);
	uint32_t loop = l->innermost[block_of(f->ir, op)];
	return loop == NO_LOOP ? 0 : l->at[loop].depth;
}

static void raise_worst(struct cost *c, enum model_cost cost, const char *call)
{
	if (cost > c->worst) {
		c->worst = cost;
		c->worst_call = call;
	}
}

static void set_unknown(struct program *p, struct cost *c, const char *what, const char *name,
	const struct ir_loc *loc)
{
	if (c->unknown[0])
		return;
	c->unknown = arena_printf(p->arena, "%s%s on line %u", what, name, loc->line);
}

/* A span in a callee says that somebody wanted to see it apart, unless it is itself one too many:
 * then it is looked through. An empty callee with a span is a placeholder, and says nothing. */
static bool starts_worthy_span(const struct func *callee)
{
	for (uint32_t i = 0; i < callee->nr_calls; i++)
		if (callee->calls[i].model && callee->calls[i].model->effect == EFFECT_START)
			return !cost_is_short(callee->cost) || callee->cost->total == 0 ||
			       callee->critical || callee->is_not_trivial;
	return false;
}

static void add_callee(struct program *p, struct cost *c, struct func *caller, struct func *callee)
{
	const struct cost *other = callee->cost;
	if (callee->scc == caller->scc || !other) {
		c->unknown = c->unknown[0] ? c->unknown : "is recursive";
		return;
	}
	if (other->unknown[0] && !c->unknown[0])
		c->unknown = arena_printf(p->arena, "calls %s, which %s",
			ir_simple_name(callee->ir->name), other->unknown);
	raise_worst(c, other->worst, other->worst_call);
	c->has_loop |= other->has_loop;
	c->starts_spans |= other->starts_spans || starts_worthy_span(callee);
	c->total = c->total + other->total > TOTAL_MAX ? TOTAL_MAX : c->total + other->total;
}

static void add_depth(struct program *p, struct cost *c, struct func *f, const struct call *call)
{
	uint32_t depth = call->callee && call->callee->cost ? call->callee->cost->depth : 0;
	if (c->has_loop)
		depth += depth_at(p, f, call->op);
	if (depth > c->depth)
		c->depth = depth > DEPTH_MAX ? DEPTH_MAX : depth;
}

static void add_call(struct program *p, struct func *f, struct cost *c, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	if (cost_is_telemetry(p, f, call->op))
		return;
	if (call->callee)
		add_callee(p, c, f, call->callee);
	else if (call->io->cost != COST_UNKNOWN)
		raise_worst(c, call->io->cost, ir_simple_name(op->sym));
	else if (op->flags & (IR_CALL_BUILTIN | IR_CALL_PURE))
		return;
	else if (op->flags & IR_CALL_INDIRECT || !op->sym[0])
		set_unknown(p, c, "calls through a pointer", "", &op->loc);
	else if (op->flags & IR_CALL_VIRTUAL)
		set_unknown(p, c, "makes the virtual call ", ir_simple_name(op->sym), &op->loc);
	else
		set_unknown(p, c, "calls unknown ", ir_simple_name(op->sym), &op->loc);
}

static bool is_known_type(struct program *p, const char *type)
{
	return str_has_prefix(type, "std::") || str_has_prefix(type, "const std::") ||
	       is_telemetry_type(p, type);
}

static int compare_names(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void list_callees(
	struct program *p, const struct func *f, const bool *blocks, struct cost *c)
{
	VEC(const char *) names = {0};
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const char *sym = f->ir->ops[f->calls[i].op].sym;
		if (is_asked_for(f, blocks, f->calls[i].op) &&
			!cost_is_telemetry(p, f, f->calls[i].op) && sym[0] &&
			!str_has_prefix(sym, "__builtin_"))
			vec_push(p->arena, &names, ir_simple_name(sym));
	}
	if (names.nr)
		qsort(names.at, names.nr, sizeof(*names.at), compare_names);
	uint32_t nr = 0;
	for (size_t i = 0; i < names.nr; i++)
		if (!nr || !str_eq(names.at[nr - 1], names.at[i]))
			names.at[nr++] = names.at[i];
	c->callees = names.at;
	c->nr_callees = nr;
}

static struct cost *compute(
	struct program *p, struct func *f, const bool *blocks, struct arena *scratch)
{
	struct cost *c = arena_new(p->arena, struct cost);
	c->unknown = c->worst_call = "";
	c->worst = COST_FREE;
	if (f->ir->incomplete[0])
		c->unknown = arena_printf(p->arena, "has %s", f->ir->incomplete);
	c->stmts = c->total = count_lines(p, f, blocks, scratch);
	c->has_loop = has_loop(f->ir);
	c->depth = c->has_loop && !blocks ? loops_of(p, f)->depth : 0;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		if (!is_asked_for(f, blocks, f->calls[i].op))
			continue;
		add_depth(p, c, f, &f->calls[i]);
		add_call(p, f, c, &f->calls[i]);
	}
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_SCOPE_END && is_asked_for(f, blocks, i) &&
			!is_known_type(p, f->ir->vars[op->var].type))
			set_unknown(p, c, "destroys ", f->ir->vars[op->var].name, &op->loc);
		if (blocks && c->has_loop && is_asked_for(f, blocks, i) &&
			depth_at(p, f, i) > c->depth)
			c->depth = depth_at(p, f, i);
	}
	list_callees(p, f, blocks, c);
	return c;
}

struct cost *cost_of_blocks(struct program *p, struct func *f, const bool *blocks)
{
	struct arena scratch;
	arena_init(&scratch);
	struct cost *c = compute(p, f, blocks, &scratch);
	arena_fini(&scratch);
	return c;
}

static int compare_scc(const void *x, const void *y)
{
	const struct func *a = *(struct func *const *)x, *b = *(struct func *const *)y;
	if (a->scc != b->scc)
		return a->scc < b->scc ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

void cost_compute(struct program *p)
{
	struct arena scratch;
	arena_init(&scratch);
	struct func **order = arena_array(p->arena, struct func *, p->funcs.nr);
	for (size_t i = 0; i < p->funcs.nr; i++)
		order[i] = p->funcs.at[i];
	if (p->funcs.nr)
		qsort(order, p->funcs.nr, sizeof(struct func *), compare_scc);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		order[i]->cost = compute(p, order[i], NULL, &scratch);
		arena_reset(&scratch);
	}
	arena_fini(&scratch);
}

bool cost_is_short(const struct cost *c)
{
	return !c->unknown[0] && c->worst <= COST_ALLOC && !c->has_loop && !c->starts_spans;
}
