/* Explores a function breadth first, so that the first path found to a state is a shortest one. */
#include "flow/walk.h"

#include "base/hash.h"
#include "base/str.h"
#include "flow/effects.h"
#include "flow/live.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NODES 20000

/* Where the span ended on the way, and where it was said to be Ok. */
struct ended {
	uint32_t op;   /* or IR_NONE */
	uint32_t node; /* in which it did */
	uint32_t ok;   /* or IR_NONE */
};

struct node {
	struct state state;
	uint32_t block;
	uint32_t first;  /* its op to begin with, counted in the block */
	uint32_t parent; /* node, or UINT32_MAX */
	struct hop hop;  /* taken from the parent's block */
	/* not part of the state's identity: */
	struct ended ended;
	uint32_t next; /* node + 1 with the same hash */
};

struct explorer {
	struct effects fx;
	struct walk *walk;
	struct arena scratch;
	struct live live;
	VEC(struct node) nodes;
	uint32_t *buckets;
	uint32_t nr_buckets;
	uint32_t current;             /* node being run */
	uint32_t *happened, *avoided; /* per op: bits of incidents in some state, in no state */
};

/* What a return gives back. */
struct result {
	uint32_t signs;
	enum outcome outcome;
};

static const struct result no_result = {SIGN_ANY, OUTCOME_UNKNOWN};

static bool same(const struct node *n, uint32_t block, uint32_t first, const struct state *s)
{
	return n->block == block && n->first == first && memcmp(&n->state, s, sizeof(*s)) == 0;
}

static void push(struct explorer *x, uint32_t block, uint32_t first, const struct state *from,
	struct hop hop, struct ended ended)
{
	struct state pruned = *from, *s = &pruned;
	live_prune(&x->live, s, x->fx.values, block);
	uint64_t hash = hash_bytes(s, sizeof(*s)) + (block + first) * 0x9e3779b97f4a7c15ULL;
	uint32_t *bucket = &x->buckets[(uint32_t)hash % x->nr_buckets];
	for (uint32_t i = *bucket; i; i = x->nodes.at[i - 1].next)
		if (same(&x->nodes.at[i - 1], block, first, s))
			return;
	if (x->nodes.nr == MAX_NODES) {
		x->walk->is_complete = false;
		x->walk->why_not = "too many paths";
		return;
	}
	struct node n = {.state = *s,
		.block = block,
		.first = first,
		.parent = x->current,
		.hop = hop,
		.ended = ended,
		.next = *bucket};
	vec_push(&x->scratch, &x->nodes, n);
	*bucket = (uint32_t)x->nodes.nr;
}

static bool is_choice(const struct ir_func *f, const struct hop *hop)
{
	uint8_t kind = f->ops[hop->op].kind;
	return kind == IR_BRANCH || kind == IR_SWITCH || kind == IR_TRY;
}

/* The branches from node `from` (or the entry) to the current one. */
static uint32_t count_hops(const struct explorer *x, uint32_t from)
{
	uint32_t nr = 0;
	for (uint32_t n = x->current; n != from && x->nodes.at[n].parent != UINT32_MAX;
		n = x->nodes.at[n].parent)
		nr += is_choice(x->fx.func->ir, &x->nodes.at[n].hop);
	return nr;
}

static const struct hop *hops_here(struct explorer *x, uint32_t *out_nr)
{
	uint32_t nr = *out_nr = count_hops(x, UINT32_MAX);
	struct hop *hops = arena_array(x->fx.program->arena, struct hop, nr);
	for (uint32_t n = x->current; x->nodes.at[n].parent != UINT32_MAX;
		n = x->nodes.at[n].parent)
		if (is_choice(x->fx.func->ir, &x->nodes.at[n].hop))
			hops[--nr] = x->nodes.at[n].hop;
	return hops;
}

static void leave(struct explorer *x, enum exit_kind kind, uint32_t op, const struct state *s,
	struct ended ended, struct result result)
{
	struct walk_exit e = {.kind = kind,
		.op = op,
		.phase = s->phase,
		.subject = s->subject,
		.ended_at = ended.op,
		.ok_at = ended.ok,
		.flags = s->flags,
		.keys = s->keys,
		.result = result.signs,
		.outcome = result.outcome};
	struct walk *w = x->walk;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *o = &w->exits.at[i];
		if (o->kind == e.kind && o->op == e.op && o->phase == e.phase &&
			o->subject == e.subject && o->flags == e.flags && o->keys == e.keys &&
			o->result == e.result && o->outcome == e.outcome)
			return;
	}
	e.hops = hops_here(x, &e.nr_hops);
	vec_push(x->fx.program->arena, &w->exits, e);
}

static bool is_name(const char *label)
{
	return isalpha((unsigned char)label[0]) || label[0] == '_';
}

static struct result result_of(struct explorer *x, const struct state *s, const struct ir_op *op)
{
	uint32_t signs = SIGN_ANY;
	if (op->nr_args && op->args[0] != IR_NONE)
		signs = state_eval(s, x->fx.values, op->args[0]).signs;
	return (struct result){signs, errors_outcome(x->fx.program, x->fx.func, s, op)};
}

/* On a switch over a value that is known only its own case can be taken. */
static bool case_is_possible(const struct ir_block *block, uint32_t succ, struct known k)
{
	if (!k.exact)
		return true;
	bool has_case = false, is_named = is_name(k.exact);
	for (uint32_t i = 0; i < block->nr_succs; i++) {
		has_case |= str_eq(block->succs[i].label, k.exact);
		is_named &= is_name(block->succs[i].label);
	}
	if (!has_case) /* a number among names, or a range: any may be taken */
		return !is_named || str_eq(block->succs[succ].label, "default");
	return str_eq(block->succs[succ].label, k.exact);
}

/* Behind `case 3:` the value is 3. */
static void learn_case(struct explorer *x, struct state *s, ir_value value, const char *label)
{
	uint32_t path = value == IR_NONE ? NO_PATH : x->fx.values->content[value];
	if (path == NO_PATH || x->fx.values->is_stale[value] || str_eq(label, "default") ||
		strstr(label, "...") || label[0] == '?')
		return;
	state_learn(s, x->fx.values, path, state_of_text(label));
}

static void take_edges(struct explorer *x, const struct ir_block *block, uint32_t op_number,
	const struct state *s, struct ended ended)
{
	const struct ir_op *op = &x->fx.func->ir->ops[op_number];
	for (uint32_t i = 0; i < block->nr_succs; i++) {
		struct state next = *s;
		if (op->kind == IR_BRANCH && !effects_assume(&x->fx, &next, op->args[0], i == 0))
			continue;
		if (op->kind == IR_SWITCH && op->nr_args &&
			!case_is_possible(block, i, state_eval(s, x->fx.values, op->args[0])))
			continue;
		if (op->kind == IR_SWITCH && op->nr_args)
			learn_case(x, &next, op->args[0], block->succs[i].label);
		push(x, block->succs[i].block, 0, &next, (struct hop){op_number, i}, ended);
	}
}

static void run_terminator(struct explorer *x, const struct ir_block *block, uint32_t op_number,
	struct state *s, struct ended ended)
{
	const struct ir_op *op = &x->fx.func->ir->ops[op_number];
	switch (op->kind) {
	case IR_RETURN:
		effects_return(&x->fx, s, op_number);
		leave(x, EXIT_RETURN, op_number, s, ended, result_of(x, s, op));
		break;
	case IR_UNREACHABLE:
		leave(x, EXIT_NORETURN, op_number, s, ended, no_result);
		break;
	case IR_THROW:
		if (!block->nr_succs) {
			effects_return(&x->fx, s, op_number);
			leave(x, EXIT_THROW, op_number, s, ended,
				(struct result){SIGN_ANY, OUTCOME_FAILURE});
		}
		take_edges(x, block, op_number, s, ended);
		break;
	default:
		take_edges(x, block, op_number, s, ended);
		break;
	}
}

/* The first state in which something happens is the one that is told: it is the shortest way. */
static void look(struct explorer *x, const struct state *s, uint32_t op, struct ended ended)
{
	uint32_t avoided, happened = incidents_at(&x->fx, s, op, &avoided);
	x->avoided[op] |= avoided;
	for (unsigned kind = 0; kind < INCIDENT_NR; kind++) {
		if (!(happened & ~x->happened[op] & (1u << kind)))
			continue;
		struct incident i = {.kind = (enum incident_kind)kind,
			.op = op,
			.since = ended.op,
			.is_straight = ended.op != IR_NONE && count_hops(x, ended.node) == 0,
			.is_released = (s->flags & STATE_RELEASED) != 0};
		i.hops = hops_here(x, &i.nr_hops);
		vec_push(x->fx.program->arena, &x->walk->incidents, i);
	}
	x->happened[op] |= happened;
}

static void run_block(struct explorer *x, uint32_t number)
{
	x->current = number;
	struct state s = x->nodes.at[number].state;
	struct ended ended = x->nodes.at[number].ended;
	const struct ir_block *block = &x->fx.func->ir->blocks[x->nodes.at[number].block];
	for (uint32_t i = x->nodes.at[number].first; i + 1 < block->nr_ops; i++) {
		uint32_t op = block->first + i;
		uint32_t before = s.phase, flags = s.flags;
		look(x, &s, op, ended);
		enum effect_event event = effects_run(&x->fx, &s, op);
		if (x->fx.has_fork)
			push(x, x->nodes.at[number].block, i + 1, &x->fx.fork, (struct hop){op, 0},
				ended);
		x->fx.has_fork = false;
		if (before != SPAN_ENDED && s.phase == SPAN_ENDED)
			ended = (struct ended){op, number, ended.ok};
		if (~flags & s.flags & STATE_OK_STATUS)
			ended.ok = op;
		if (event == EVENT_LOST)
			leave(x, EXIT_LOST, op, &s, ended, no_result);
		else if (event == EVENT_RESTART)
			leave(x, EXIT_RESTART, op, &s, ended, no_result);
		if (event == EVENT_LOST)
			s.phase = SPAN_GONE; /* said once; what follows is no news */
	}
	run_terminator(x, block, block->first + block->nr_ops - 1, &s, ended);
}

static int compare_incidents(const void *a, const void *b)
{
	const struct incident *x = a, *y = b;
	if (x->op != y->op)
		return x->op < y->op ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

static void finish_incidents(struct explorer *x)
{
	struct walk *w = x->walk;
	for (size_t i = 0; i < w->incidents.nr; i++) {
		struct incident *one = &w->incidents.at[i];
		one->is_certain = !(x->avoided[one->op] & (1u << one->kind));
	}
	if (w->incidents.nr)
		qsort(w->incidents.at, w->incidents.nr, sizeof(w->incidents.at[0]),
			compare_incidents);
}

struct walk *walk_func(struct program *p, struct func *f, const struct walk_query *query)
{
	struct walk *w = arena_new(p->arena, struct walk);
	w->is_complete = f->ir->incomplete[0] == '\0';
	w->why_not = f->ir->incomplete;
	struct explorer x = {.walk = w, .current = UINT32_MAX};
	arena_init(&x.scratch);
	effects_init(&x.fx, p, f, query, w);
	x.nr_buckets = 1024;
	x.buckets = arena_array(&x.scratch, uint32_t, x.nr_buckets);
	live_compute(&x.live, &x.scratch, x.fx.values);
	x.happened = arena_array(&x.scratch, uint32_t, f->ir->nr_ops);
	x.avoided = arena_array(&x.scratch, uint32_t, f->ir->nr_ops);
	struct state entry;
	effects_entry(&x.fx, &entry);
	push(&x, 0, 0, &entry, (struct hop){0}, (struct ended){IR_NONE, 0, IR_NONE});
	for (uint32_t i = 0; i < x.nodes.nr; i++)
		run_block(&x, i);
	finish_incidents(&x);
	arena_fini(&x.scratch);
	return w;
}

int walk_key(const struct walk *w, const char *key)
{
	for (size_t i = 0; i < w->keys.nr; i++)
		if (str_eq(w->keys.at[i], key))
			return (int)i;
	return -1;
}
