/* Tarjan's algorithm over the call graph, with a stack of its own: programs nest deeply. */
#include "flow/scc.h"

#include "flow/program.h"

struct frame {
	uint32_t func;
	uint32_t next; /* call to look at next */
};

struct tarjan {
	struct program *p;
	uint32_t *index; /* order of discovery + 1; 0: not yet seen */
	uint32_t *low;
	bool *on_stack;
	uint32_t *stack;
	struct frame *frames;
	uint32_t nr_stack, nr_frames, nr_seen, nr_sccs;
};

static void enter(struct tarjan *t, uint32_t f)
{
	t->index[f] = t->low[f] = ++t->nr_seen;
	t->stack[t->nr_stack++] = f;
	t->on_stack[f] = true;
	t->frames[t->nr_frames++] = (struct frame){.func = f};
}

static void leave(struct tarjan *t, uint32_t f)
{
	t->nr_frames--;
	if (t->nr_frames) {
		uint32_t caller = t->frames[t->nr_frames - 1].func;
		if (t->low[f] < t->low[caller])
			t->low[caller] = t->low[f];
	}
	if (t->low[f] != t->index[f])
		return;
	uint32_t size = 0, member;
	do {
		member = t->stack[--t->nr_stack];
		t->on_stack[member] = false;
		t->p->funcs.at[member]->scc = t->nr_sccs;
		size++;
		if (size > 1 || member != f)
			t->p->funcs.at[member]->is_recursive = true;
	} while (member != f);
	t->nr_sccs++;
}

static void walk(struct tarjan *t, uint32_t root)
{
	enter(t, root);
	while (t->nr_frames) {
		struct frame *top = &t->frames[t->nr_frames - 1];
		struct func *f = t->p->funcs.at[top->func];
		if (top->next == f->nr_calls) {
			leave(t, top->func);
			continue;
		}
		const struct func *callee = f->calls[top->next++].callee;
		if (!callee)
			continue;
		if (callee == f)
			f->is_recursive = true;
		if (!t->index[callee->number])
			enter(t, callee->number);
		else if (t->on_stack[callee->number] &&
			 t->index[callee->number] < t->low[f->number])
			t->low[f->number] = t->index[callee->number];
	}
}

void scc_number(struct program *p)
{
	size_t n = p->funcs.nr;
	struct arena scratch;
	arena_init(&scratch);
	struct tarjan t = {.p = p,
		.index = arena_array(&scratch, uint32_t, n),
		.low = arena_array(&scratch, uint32_t, n),
		.on_stack = arena_array(&scratch, bool, n),
		.stack = arena_array(&scratch, uint32_t, n),
		.frames = arena_array(&scratch, struct frame, n)};
	for (uint32_t i = 0; i < n; i++)
		if (!t.index[i])
			walk(&t, i);
	arena_fini(&scratch);
}
