/* unflushed-provider: main ends after spans were made, and never flushes the provider it set up. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/recorded.h"

void rule_unflushed_provider(struct rule_run *run);

struct search {
	struct rule_run *run;
	struct func *func;
	bool *seen; /* per block, twice: before and after the first span */
	uint32_t found;
};

static bool flushes_itself(struct rule_run *run, const char *type)
{
	const struct model_type *t = models_type(run->program->models, type);
	return t && t->ends_on_destroy;
}

/* A provider whose destructor flushes, by the model, ends well wherever its owner does. */
static bool is_automatic(struct rule_run *run, struct func *f, const struct ir_op *op)
{
	const struct values *v = values_of(run->program, f);
	if (flushes_itself(run, op->type))
		return true;
	for (uint32_t i = 0; i < op->nr_args; i++) {
		if (op->args[i] == IR_NONE)
			continue;
		ir_value arg = v->origin[op->args[i]];
		uint32_t path = v->content[arg] != NO_PATH ? v->content[arg] : v->address[arg];
		if (flushes_itself(run, f->ir->ops[arg].type) ||
			(path != NO_PATH && v->paths.at[path].kind == PATH_VAR &&
				flushes_itself(run, f->ir->vars[v->paths.at[path].var].type)))
			return true;
	}
	return false;
}

static bool starts_in(struct func *f, bool *seen)
{
	if (seen[f->number])
		return false;
	seen[f->number] = true;
	if (f->nr_sites)
		return true;
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].callee && starts_in(f->calls[i].callee, seen))
			return true;
	return false;
}

static bool makes_spans(struct search *s, const struct call *c)
{
	if (c->model)
		return c->model->effect == EFFECT_START;
	return c->callee &&
	       starts_in(c->callee, arena_array(s->run->scratch, bool, s->run->program->funcs.nr));
}

/* Flushes, registers something to run at exit, or goes where nobody can look. */
static bool may_flush(struct search *s, const struct call *c)
{
	const struct ir_op *op = &s->func->ir->ops[c->op];
	if (c->model)
		return c->model->effect == EFFECT_FLUSH;
	if (c->callee)
		return reaches_effect(c->callee, EFFECT_FLUSH, s->run->scratch, s->run->program);
	static const char *const registers[] = {"atexit", "on_exit", "at_quick_exit", "std::atexit",
		"signal", "sigaction", "_exit", "abort", "execv", "execve", "execvp"};
	for (size_t i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
		if (str_eq(op->sym, registers[i]))
			return true;
	return c->io->cost == COST_UNKNOWN &&
	       !(op->flags & (IR_CALL_SYSTEM | IR_CALL_BUILTIN | IR_CALL_PURE));
}

/* Follows every way on from op `from` until something flushes or the function ends. */
static void follow(struct search *s, uint32_t block, uint32_t from, bool has_spans)
{
	const struct ir_block *b = &s->func->ir->blocks[block];
	for (uint32_t op = from; op < b->first + b->nr_ops && s->found == IR_NONE; op++) {
		const struct call *c = func_call(s->func, op);
		if (c && may_flush(s, c))
			return;
		has_spans |= c && makes_spans(s, c);
		if (s->func->ir->ops[op].kind == IR_RETURN && has_spans)
			s->found = op;
	}
	for (uint32_t i = 0; i < b->nr_succs && s->found == IR_NONE; i++) {
		uint32_t next = b->succs[i].block;
		bool *seen = &s->seen[next * 2 + has_spans];
		if (*seen)
			continue;
		*seen = true;
		follow(s, next, s->func->ir->blocks[next].first, has_spans);
	}
}

static uint32_t block_of(const struct func *f, uint32_t op)
{
	uint32_t b = 0;
	while (b + 1 < f->ir->nr_blocks && f->ir->blocks[b + 1].first <= op)
		b++;
	return b;
}

/* Sets up a provider itself, or through a function that does so. */
static bool sets_up(struct rule_run *run, struct func *f, const struct call *c)
{
	if (c->model)
		return c->model->effect == EFFECT_PROVIDER &&
		       !is_automatic(run, f, &f->ir->ops[c->op]);
	if (!c->callee || c->callee->is_recursive ||
		!reaches_effect(c->callee, EFFECT_PROVIDER, run->scratch, run->program))
		return false;
	for (uint32_t i = 0; i < c->callee->nr_calls; i++)
		if (sets_up(run, c->callee, &c->callee->calls[i]))
			return true;
	return false;
}

static void check_main(struct rule_run *run, struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		if (!sets_up(run, f, &f->calls[i]))
			continue;
		struct search s = {.run = run,
			.func = f,
			.seen = arena_array(run->scratch, bool, f->ir->nr_blocks * 2),
			.found = IR_NONE};
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		follow(&s, block_of(f, f->calls[i].op), f->calls[i].op + 1, false);
		if (s.found == IR_NONE)
			continue;
		struct story story = {0};
		story_add(run, &story, &op->loc, "tracing is set up here");
		story_add(run, &story, &f->ir->ops[s.found].loc,
			"main ends, and nothing was flushed");
		tell(run, f, &op->loc, ir_simple_name(op->sym),
			tell_text(run, "main can end without flushing what %s() set up",
				ir_simple_name(op->sym)),
			"spans are exported in batches: those of the last seconds are lost, and "
			"with them the "
			"end of the story that one would want to read after a crash or a short run",
			"shut the provider down, or flush it, on every way out of main", &story);
		return;
	}
}

void rule_unflushed_provider(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if ((f->ir->flags & IR_FUNC_MAIN) && !f->ir->incomplete[0])
			check_main(run, f);
	}
}
