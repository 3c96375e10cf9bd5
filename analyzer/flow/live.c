/* A variable is live in a block when the block, or one that can follow it, mentions it. */
#include "flow/live.h"

static void add(struct live *l, uint32_t block, uint32_t var)
{
	l->sets[(size_t)block * l->words + var / 64] |= 1ULL << (var % 64);
}

static bool is_in(const struct live *l, uint32_t block, uint32_t var)
{
	return (l->sets[(size_t)block * l->words + var / 64] >> (var % 64)) & 1;
}

/* A variable whose address is kept can be read without being mentioned. */
static void add_kept(struct live *l, const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		for (uint32_t k = 0; k < op->nr_args; k++) {
			if (op->args[k] == IR_NONE || f->ops[op->args[k]].kind != IR_VAR ||
				op->kind == IR_LOAD || op->kind == IR_CALL ||
				op->kind == IR_FIELD || op->kind == IR_INDEX ||
				(op->kind == IR_STORE && k == 0))
				continue;
			for (uint32_t b = 0; b < f->nr_blocks; b++)
				add(l, b, f->ops[op->args[k]].var);
		}
	}
}

/* `p` that stands for another variable mentions that one. */
static void add_root(struct live *l, const struct values *v, uint32_t block, uint32_t path)
{
	uint32_t var = path == NO_PATH ? IR_NONE : path_root_var(v, path);
	if (var != IR_NONE)
		add(l, block, var);
}

/* A value that was loaded in an earlier block is read again where it is used: what it was loaded
 * from has to be remembered until then. `f(span, n ? 1 : 2)` loads span before the paths part. */
static void add_sources(struct live *l, const struct values *v, uint32_t block, ir_value value)
{
	if (value == IR_NONE)
		return;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_VAR)
		add(l, block, op->var);
	add_root(l, v, block, v->content[value]);
	for (uint32_t i = 0; i < op->nr_args; i++)
		add_sources(l, v, block, op->args[i]);
}

static void add_mentioned(struct live *l, const struct values *v, uint32_t number)
{
	const struct ir_func *f = v->func->ir;
	const struct ir_block *block = &f->blocks[number];
	for (uint32_t i = block->first; i < block->first + block->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_VAR || op->kind == IR_SCOPE_END)
			add(l, number, op->var);
		add_root(l, v, number, v->content[i]);
		add_root(l, v, number, v->address[i]);
		for (uint32_t k = 0; k < op->nr_args; k++)
			if (op->args[k] < block->first)
				add_sources(l, v, number, op->args[k]);
	}
}

static bool join(struct live *l, uint32_t block, uint32_t next)
{
	bool is_new = false;
	for (uint32_t w = 0; w < l->words; w++) {
		uint64_t *to = &l->sets[(size_t)block * l->words + w];
		uint64_t sum = *to | l->sets[(size_t)next * l->words + w];
		is_new |= sum != *to;
		*to = sum;
	}
	return is_new;
}

void live_compute(struct live *l, struct arena *a, const struct values *v)
{
	const struct ir_func *f = v->func->ir;
	l->words = f->nr_vars / 64 + 1;
	l->sets = arena_array(a, uint64_t, (size_t)f->nr_blocks * l->words);
	for (uint32_t b = 0; b < f->nr_blocks; b++)
		add_mentioned(l, v, b);
	add_kept(l, f);
	for (bool is_new = true; is_new;) {
		is_new = false;
		for (uint32_t b = f->nr_blocks; b-- > 0;)
			for (uint32_t e = 0; e < f->blocks[b].nr_succs; e++)
				is_new |= join(l, b, f->blocks[b].succs[e].block);
	}
}

static bool is_dead(const struct live *l, const struct values *v, uint32_t block, uint32_t path)
{
	uint32_t var = path_root_var(v, path);
	return var != IR_NONE && !is_in(l, block, var);
}

void live_prune(const struct live *l, struct state *s, const struct values *v, uint32_t block)
{
	for (uint32_t i = s->nr_holders; i-- > 0;)
		if (i < s->nr_holders && is_dead(l, v, block, s->holders[i]))
			state_drop_holders(s, v, s->holders[i]);
	for (uint32_t i = s->nr_facts; i-- > 0;)
		if (i < s->nr_facts && is_dead(l, v, block, s->facts[i].path))
			state_forget(s, v, s->facts[i].path);
}
