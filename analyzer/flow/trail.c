/* Replays the path to an exit from the branches that the walk remembers. */
#include "flow/trail.h"

#include "base/vec.h"

#define MAX_OPS 100000

bool trail_of(struct program *p, struct func *f, const struct walk_exit *e, struct trail *out)
{
	VEC(uint32_t) ops = {0};
	uint32_t block = 0, hop = 0;
	const struct ir_func *ir = f->ir;
	while (ops.nr < MAX_OPS) {
		const struct ir_block *b = &ir->blocks[block];
		uint32_t last = b->first + b->nr_ops - 1;
		/* a mid-block exit may lie in a block that the path passes more than once: it is
		 * the visit after the last branch */
		bool is_last = hop == e->nr_hops && e->op >= b->first && e->op <= last;
		for (uint32_t op = b->first; op <= (is_last ? e->op : last); op++)
			vec_push(p->arena, &ops, op);
		if (is_last) {
			*out = (struct trail){(uint32_t)ops.nr, ops.at};
			return true;
		}
		if (hop < e->nr_hops && e->hops[hop].op == last) {
			uint32_t succ = e->hops[hop++].succ;
			if (succ >= b->nr_succs)
				return false;
			block = b->succs[succ].block;
		} else if (b->nr_succs == 1) {
			block = b->succs[0].block;
		} else {
			return false;
		}
	}
	return false;
}

uint32_t trail_position(const struct trail *t, uint32_t op, uint32_t before)
{
	for (uint32_t i = before < t->nr ? before : t->nr; i-- > 0;)
		if (t->ops[i] == op)
			return i;
	return UINT32_MAX;
}

static uint32_t last_store(
	const struct trail *t, const struct values *v, uint32_t path, uint32_t before)
{
	for (uint32_t i = before < t->nr ? before : t->nr; i-- > 0;) {
		const struct ir_op *op = &v->func->ir->ops[t->ops[i]];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			v->address[op->args[0]] == path)
			return i;
	}
	return UINT32_MAX;
}

ir_value trail_source(const struct trail *t, const struct values *v, ir_value value, uint32_t at,
	uint32_t *position)
{
	for (unsigned depth = 0; value != IR_NONE && depth < 16; depth++) {
		value = v->origin[value];
		at = trail_position(t, value, at);
		if (at == UINT32_MAX)
			return IR_NONE;
		uint8_t kind = v->func->ir->ops[value].kind;
		/* an object, or a handle by its address: what is in it */
		uint32_t path = kind == IR_LOAD ? v->content[value] : v->address[value];
		if ((kind != IR_LOAD && kind != IR_VAR) || path == NO_PATH) {
			*position = at;
			return value;
		}
		uint32_t store = last_store(t, v, path, at);
		if (store == UINT32_MAX)
			return IR_NONE;
		value = v->func->ir->ops[t->ops[store]].args[1];
		at = store;
	}
	return IR_NONE;
}
