/* Finds the natural loops of a function. What kind they are is decided in loop_kind.c. */
#include "flow/loops.h"

#include "flow/loop_kind.h"

#include <string.h>

struct finder {
	struct program *p;
	const struct ir_func *f;
	struct loops *out;
	uint32_t *nr_preds; /* per block */
	uint32_t **preds;
};

static void find_preds(struct finder *x)
{
	const struct ir_func *f = x->f;
	x->nr_preds = arena_array(x->p->arena, uint32_t, f->nr_blocks);
	x->preds = arena_array(x->p->arena, uint32_t *, f->nr_blocks);
	for (uint32_t i = 0; i < f->nr_blocks; i++)
		for (uint32_t k = 0; k < f->blocks[i].nr_succs; k++)
			x->nr_preds[f->blocks[i].succs[k].block]++;
	for (uint32_t i = 0; i < f->nr_blocks; i++) {
		x->preds[i] = arena_array(x->p->arena, uint32_t, x->nr_preds[i]);
		x->nr_preds[i] = 0;
	}
	for (uint32_t i = 0; i < f->nr_blocks; i++)
		for (uint32_t k = 0; k < f->blocks[i].nr_succs; k++) {
			uint32_t to = f->blocks[i].succs[k].block;
			x->preds[to][x->nr_preds[to]++] = i;
		}
}

/* Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm" (2001): blocks are numbered in
 * reverse postorder, so the one further from the entry has the higher number. */
static uint32_t common(const uint32_t *dominator, uint32_t a, uint32_t b)
{
	while (a != b) {
		while (a > b)
			a = dominator[a];
		while (b > a)
			b = dominator[b];
	}
	return a;
}

static void find_dominators(struct finder *x)
{
	uint32_t *dominator = arena_array(x->p->arena, uint32_t, x->f->nr_blocks);
	memset(dominator, 0xff, x->f->nr_blocks * sizeof(*dominator));
	dominator[0] = 0;
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t i = 1; i < x->f->nr_blocks; i++) {
			uint32_t now = UINT32_MAX;
			for (uint32_t k = 0; k < x->nr_preds[i]; k++) {
				uint32_t pred = x->preds[i][k];
				if (dominator[pred] != UINT32_MAX)
					now = now == UINT32_MAX ? pred
								: common(dominator, now, pred);
			}
			if (now != UINT32_MAX && now < i && dominator[i] != now) {
				dominator[i] = now;
				changed = true;
			}
		}
	}
	for (uint32_t i = 0; i < x->f->nr_blocks; i++)
		if (dominator[i] == UINT32_MAX)
			dominator[i] = 0;
	x->out->dominator = dominator;
}

static bool dominates(const struct loops *l, uint32_t a, uint32_t b)
{
	while (b > a)
		b = l->dominator[b];
	return a == b;
}

/* Adds `from` and everything that leads to it without passing the head. */
static void grow(struct finder *x, struct loop *loop, uint32_t from)
{
	VEC(uint32_t) todo = {0};
	vec_push(x->p->arena, &todo, from);
	while (todo.nr) {
		uint32_t block = todo.at[--todo.nr];
		if (loop->has[block])
			continue;
		loop->has[block] = true;
		for (uint32_t k = 0; k < x->nr_preds[block]; k++)
			vec_push(x->p->arena, &todo, x->preds[block][k]);
	}
}

/* The jump into the head from outside carries the place of the statement. */
static struct ir_loc place_of_loop(const struct finder *x, const struct loop *loop)
{
	const struct ir_func *f = x->f;
	for (uint32_t k = 0; k < x->nr_preds[loop->head]; k++) {
		uint32_t pred = x->preds[loop->head][k];
		const struct ir_op *last =
			&f->ops[f->blocks[pred].first + f->blocks[pred].nr_ops - 1];
		if (!loop->has[pred] && last->kind == IR_JUMP && last->loc.line)
			return last->loc;
	}
	return f->ops[f->blocks[loop->head].first].loc;
}

static void find_loops(struct finder *x)
{
	VEC(struct loop) loops = {0};
	for (uint32_t head = 0; head < x->f->nr_blocks; head++) {
		struct loop loop = {.head = head, .outer = NO_LOOP};
		for (uint32_t k = 0; k < x->nr_preds[head]; k++) {
			uint32_t latch = x->preds[head][k];
			if (latch < head || !dominates(x->out, head, latch))
				continue;
			if (!loop.has) {
				loop.has = arena_array(x->p->arena, bool, x->f->nr_blocks);
				loop.has[head] = true;
			}
			grow(x, &loop, latch);
		}
		if (loop.has)
			vec_push(x->p->arena, &loops, loop);
	}
	x->out->at = loops.at;
	x->out->nr = (uint32_t)loops.nr;
}

/* An inner loop's head has a higher number than those of the loops it is in. */
static void nest(struct finder *x)
{
	struct loops *l = x->out;
	l->innermost = arena_array(x->p->arena, uint32_t, x->f->nr_blocks);
	memset(l->innermost, 0xff, x->f->nr_blocks * sizeof(*l->innermost));
	for (uint32_t i = 0; i < l->nr; i++) {
		struct loop *loop = &l->at[i];
		loop->outer = l->innermost[loop->head];
		loop->depth = loop->outer == NO_LOOP ? 1 : l->at[loop->outer].depth + 1;
		loop->loc = place_of_loop(x, loop);
		if (loop->depth > l->depth)
			l->depth = loop->depth;
		for (uint32_t b = 0; b < x->f->nr_blocks; b++)
			if (loop->has[b])
				l->innermost[b] = i;
	}
}

static bool has_back_edge(const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_blocks; i++)
		for (uint32_t k = 0; k < f->blocks[i].nr_succs; k++)
			if (f->blocks[i].succs[k].block <= i)
				return true;
	return false;
}

const struct loops *loops_of(struct program *p, struct func *f)
{
	if (f->loops)
		return f->loops;
	struct loops *l = arena_new(p->arena, struct loops);
	struct finder x = {.p = p, .f = f->ir, .out = l};
	find_preds(&x);
	find_dominators(&x);
	if (has_back_edge(f->ir))
		find_loops(&x);
	nest(&x);
	f->loops = l;
	for (uint32_t i = 0; i < l->nr; i++)
		l->at[i].kind = loop_kind_of(f, &l->at[i]);
	return l;
}

uint32_t block_of(const struct ir_func *f, uint32_t op)
{
	uint32_t low = 0, high = f->nr_blocks;
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;
		if (f->blocks[mid].first <= op)
			low = mid;
		else
			high = mid;
	}
	return low;
}

bool op_dominates(const struct loops *l, const struct ir_func *f, uint32_t a, uint32_t b)
{
	uint32_t from = block_of(f, a), to = block_of(f, b);
	return from == to ? a < b : dominates(l, from, to);
}
