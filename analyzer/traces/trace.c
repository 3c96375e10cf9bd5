/* From spans to a tree, whatever is wrong with them: lost parents, ids twice, loops. */
#include "traces/trace.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* By start; what starts together goes by what does not change from run to run. */
static int compare(const void *left, const void *right)
{
	const struct trace_span *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	int by_name = strcmp(a->name, b->name);
	return by_name ? by_name : memcmp(a->span_id, b->span_id, 8);
}

struct by_id {
	struct trace_node *nodes;
	uint32_t *slots; /* number + 1 */
	size_t nr_slots;
};

static uint32_t *slot_of(const struct by_id *ids, const uint8_t id[8])
{
	size_t at = hash_bytes(id, 8) & (ids->nr_slots - 1);
	while (ids->slots[at] && memcmp(ids->nodes[ids->slots[at] - 1].span->span_id, id, 8) != 0)
		at = (at + 1) & (ids->nr_slots - 1);
	return &ids->slots[at];
}

static void index_ids(struct by_id *ids, struct arena *a, struct trace_node *nodes, size_t nr)
{
	*ids = (struct by_id){.nodes = nodes, .nr_slots = 16};
	while (ids->nr_slots < nr * 2)
		ids->nr_slots *= 2;
	ids->slots = arena_array(a, uint32_t, ids->nr_slots);
	for (size_t i = 0; i < nr; i++) {
		uint32_t *slot = slot_of(ids, nodes[i].span->span_id);
		if (*slot)
			nodes[i].is_twice = true;
		else
			*slot = (uint32_t)i + 1;
	}
}

static void find_parents(struct by_id *ids, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct trace_node *n = &ids->nodes[i];
		if (!n->span->has_parent)
			continue;
		uint32_t at = *slot_of(ids, n->span->parent_id);
		n->parent = at ? &ids->nodes[at - 1] : NULL;
		n->is_orphan = !at;
		n->is_looped = n->parent == n;
		if (n->is_looped)
			n->parent = NULL;
	}
}

/* Spans that are their own ancestors: each loop is cut at its earliest span. Marks are the number
 * of the walk that came by, so that each span is passed a few times at most. */
static void cut_loops(struct arena *a, struct trace_node *nodes, size_t nr)
{
	uint32_t *mark = arena_array(a, uint32_t, nr);
	for (size_t i = 0; i < nr; i++) {
		struct trace_node *n = &nodes[i];
		while (n && !mark[n - nodes]) {
			mark[n - nodes] = (uint32_t)i + 1;
			n = n->parent;
		}
		if (!n || mark[n - nodes] != i + 1)
			continue;
		struct trace_node *earliest = n;
		for (struct trace_node *m = n->parent; m != n; m = m->parent)
			earliest = m < earliest ? m : earliest;
		earliest->parent = NULL;
		earliest->is_looped = true;
	}
}

/* Last to first, so that pushing to the front leaves them in order. */
static struct trace_node *join_children(struct trace_node *nodes, size_t nr)
{
	struct trace_node *roots = NULL;
	for (size_t i = nr; i-- > 0;) {
		struct trace_node **list = nodes[i].parent ? &nodes[i].parent->first_child : &roots;
		nodes[i].next_sibling = *list;
		*list = &nodes[i];
	}
	return roots;
}

static void put_in_order(struct trace *t, struct trace_node *roots)
{
	uint32_t depth = 0;
	for (struct trace_node *n = roots; n;) {
		n->depth = depth;
		n->number = (uint32_t)t->nr;
		t->order[t->nr++] = n;
		if (n->first_child) {
			n = n->first_child;
			depth++;
			continue;
		}
		while (n && !n->next_sibling) {
			n = n->parent;
			depth--;
		}
		if (n)
			n = n->next_sibling;
	}
	for (size_t i = t->nr; i-- > 0;)
		if (t->order[i]->parent)
			t->order[i]->parent->nr_below += t->order[i]->nr_below + 1;
}

void trace_assemble(struct trace *t, struct arena *a, struct trace_span *spans, size_t nr)
{
	struct by_id ids;
	*t = (struct trace){.order = arena_array(a, struct trace_node *, nr)};
	struct trace_node *nodes = arena_array(a, struct trace_node, nr);
	if (nr)
		qsort(spans, nr, sizeof(*spans), compare);
	for (size_t i = 0; i < nr; i++) {
		uint64_t end = spans[i].end > spans[i].start ? spans[i].end : spans[i].start;
		nodes[i].span = &spans[i];
		t->end = end > t->end ? end : t->end;
		t->nr_errors += spans[i].status == STATUS_ERROR;
	}
	if (!nr)
		return;
	memcpy(t->id, spans[0].trace_id, 16);
	t->start = spans[0].start;
	index_ids(&ids, a, nodes, nr);
	find_parents(&ids, nr);
	cut_loops(a, nodes, nr);
	put_in_order(t, join_children(nodes, nr));
}
