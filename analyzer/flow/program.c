/* Joins units to one program: files, functions, comments; resolves calls. */
#include "flow/program.h"

#include "base/str.h"
#include "flow/classes.h"
#include "flow/critical.h"
#include "flow/scc.h"

#include <string.h>

struct func_list {
	VEC(struct func *) all;
};

void program_init(struct program *p, struct arena *a, struct intern *strings, struct models *models,
	const struct config *config)
{
	*p = (struct program){.arena = a, .strings = strings, .models = models, .config = config};
	map_init(&p->by_link, a);
	map_init(&p->file_numbers, a);
	map_init(&p->decl_notes, a);
	map_init(&p->comment_places, a);
	map_init(&p->touches, a);
	map_init(&p->kept, a);
}

static uint32_t add_file(struct program *p, const struct ir_file *file)
{
	void **slot = map_slot(&p->file_numbers, file->path);
	if (!*slot) {
		vec_push(p->arena, &p->files, *file);
		*slot = (void *)(uintptr_t)p->files.nr;
	}
	return (uint32_t)(uintptr_t)*slot - 1;
}

static void renumber(struct ir_loc *loc, const uint32_t *files)
{
	if (loc->line)
		loc->file = files[loc->file];
}

static void renumber_func(struct ir_func *f, const uint32_t *files, uint32_t nr_literals)
{
	renumber(&f->loc, files);
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		struct ir_op *op = &f->ops[i];
		renumber(&op->loc, files);
		if (op->kind == IR_CONST && op->var)
			op->var += nr_literals;
	}
	for (uint32_t i = 0; i < f->nr_vars; i++)
		renumber(&f->vars[i].loc, files);
}

static bool same_place(const struct ir_loc *a, const struct ir_loc *b)
{
	return a->file == b->file && a->line == b->line && a->col == b->col;
}

/* A header's function arrives with every unit that includes it: the first one stays. Two functions
 * of one name in different places (main of several programs) are both kept. */
static void add_func(struct program *p, struct ir_func *ir, uint32_t unit)
{
	void **slot = map_slot(&p->by_link, ir->link);
	struct func_list *list = *slot;
	if (!list)
		*slot = list = arena_new(p->arena, struct func_list);
	for (size_t i = 0; i < list->all.nr; i++)
		if (same_place(&list->all.at[i]->ir->loc, &ir->loc))
			return;
	struct func *f = arena_new(p->arena, struct func);
	f->ir = ir;
	f->unit = unit;
	f->number = (uint32_t)p->funcs.nr;
	vec_push(p->arena, &p->funcs, f);
	vec_push(p->arena, &list->all, f);
}

static void add_comment(struct program *p, const struct ir_comment *c)
{
	const char *place =
		arena_printf(p->arena, "%u:%u:%u", c->loc.file, c->loc.line, (unsigned)c->loc.col);
	void **seen = map_slot(&p->comment_places, place);
	if (*seen)
		return;
	*seen = (void *)place;
	vec_push(p->arena, &p->comments, *c);
}

void program_add(struct program *p, struct ir_unit *u)
{
	uint32_t *files = arena_array(p->arena, uint32_t, u->nr_files);
	for (uint32_t i = 0; i < u->nr_files; i++)
		files[i] = add_file(p, &u->files[i]);
	uint32_t number = (uint32_t)p->units.nr;
	struct program_unit unit = {
		.main_file = u->main_file, .problems = u->problems, .nr_problems = u->nr_problems};
	for (uint32_t i = 0; i < u->nr_problems; i++) {
		renumber(&u->problems[i].loc, files);
		unit.is_failed |= u->problems[i].is_fatal;
	}
	vec_push(p->arena, &p->units, unit);
	uint32_t nr_literals = (uint32_t)p->literals.nr;
	for (uint32_t i = 0; i < u->nr_literals; i++) {
		renumber(&u->literals[i], files);
		vec_push(p->arena, &p->literals, u->literals[i]);
	}
	for (uint32_t i = 0; i < u->nr_funcs; i++) {
		renumber_func(&u->funcs[i], files, nr_literals);
		add_func(p, &u->funcs[i], number);
	}
	for (uint32_t i = 0; i < u->nr_decls; i++) {
		renumber(&u->decls[i].loc, files);
		critical_note_decl(p, &u->decls[i]);
	}
	for (uint32_t i = 0; i < u->nr_comments; i++) {
		renumber(&u->comments[i].loc, files);
		add_comment(p, &u->comments[i]);
	}
}

struct func *program_find(const struct program *p, const struct func *caller, const char *link)
{
	const struct func_list *list = link[0] ? map_get(&p->by_link, link) : NULL;
	if (!list)
		return NULL;
	if (list->all.nr == 1)
		return list->all.at[0];
	for (size_t i = 0; i < list->all.nr; i++)
		if (caller && list->all.at[i]->unit == caller->unit)
			return list->all.at[i];
	return NULL; /* several programs in one database: nobody can say which is meant */
}

struct call *func_call(const struct func *f, uint32_t op)
{
	uint32_t low = 0, high = f->nr_calls;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (f->calls[mid].op < op)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->nr_calls && f->calls[low].op == op ? &f->calls[low] : NULL;
}

const char *program_file(const struct program *p, const struct ir_loc *loc)
{
	return loc->line && loc->file < p->files.nr ? p->files.at[loc->file].path : "";
}

/* "C" of "std::unique_ptr<C, …>". */
static const char *first_argument(struct arena *a, const char *type)
{
	const char *from = strchr(type, '<'), *to = from;
	for (unsigned depth = 0; to && *to; to++) {
		depth += *to == '<';
		if (*to == '>' && --depth == 0)
			break;
		if (*to == ',' && depth == 1)
			break;
	}
	return to ? arena_strndup(a, from + 1, (size_t)(to - from - 1)) : "";
}

/* A constructor that starts a span does so for the name it is given: without one, or around a span
 * that there is already, it is another one of that class. */
static bool is_given_name(struct program *p, const struct ir_func *f, const struct ir_op *op,
	const struct model_call *m)
{
	ir_value name = ir_call_arg(op, (unsigned)m->name);
	if (name == IR_NONE)
		return false;
	while (f->ops[name].nr_args == 1 && f->ops[name].args[0] != IR_NONE &&
		(f->ops[name].kind == IR_COPY || f->ops[name].kind == IR_LOAD))
		name = f->ops[name].args[0];
	const struct ir_op *from = &f->ops[name];
	const char *type = from->kind == IR_VAR ? f->vars[from->var].type : from->type;
	const struct model_type *t = models_type(p->models, type);
	return !t || t->role != ROLE_SPAN;
}

bool op_makes_own_object(const struct ir_func *f, uint32_t number)
{
	uint16_t flags = f->ops[number].flags;
	if (!(f->flags & IR_FUNC_CONSTRUCTOR) || !(flags & IR_CALL_CONSTRUCT) ||
		(flags & IR_CALL_DISCARDED))
		return false;
	for (uint32_t i = number + 1; i < f->nr_ops; i++)
		for (uint32_t k = 0; k < f->ops[i].nr_args; k++)
			if (f->ops[i].args[k] == number)
				return false;
	return true;
}

/* std::make_unique<C>(…) does what C's constructor does. */
static const struct model_call *model_of(
	struct program *p, const struct ir_func *f, uint32_t number)
{
	const struct ir_op *op = &f->ops[number];
	const struct model_call *m = models_call(p->models, op);
	bool is_made = op->flags & IR_CALL_CONSTRUCT;
	if (!m && op_is_maker(op)) {
		const char *made = first_argument(p->arena, op->type);
		m = models_call_named(
			p->models, arena_printf(p->arena, "%s::%s", made, ir_simple_name(made)));
		m = m && m->effect == EFFECT_START ? m : NULL;
		is_made = true;
	}
	if (!m || m->effect != EFFECT_START || !is_made)
		return m;
	bool is_named = m->name < 0 || is_given_name(p, f, op, m);
	return is_named && !op_makes_own_object(f, number) ? m : NULL;
}

static void resolve_calls(struct program *p, struct func *f)
{
	for (uint32_t i = 0; i < f->ir->nr_ops; i++)
		f->nr_calls += f->ir->ops[i].kind == IR_CALL;
	f->calls = arena_array(p->arena, struct call, f->nr_calls);
	uint32_t n = 0;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_CALL) {
			bool is_fixed = !(op->flags & (IR_CALL_INDIRECT | IR_CALL_VIRTUAL));
			f->calls[n++] = (struct call){.op = i,
				.model = model_of(p, f->ir, i),
				.callee = is_fixed ? program_find(p, f, op->link) : NULL,
				.io = models_io(p->models, op->sym)};
		}
		/* a lambda counts as called: it may run where it is made */
		if (op->kind == IR_LAMBDA || op->kind == IR_GLOBAL || op->kind == IR_CALL) {
			struct func *used = program_find(p, f, op->link);
			if (used && used != f)
				used->is_called = true;
		}
	}
}

/* Has a `main`, and calls nothing that is neither here nor in a system header. */
static bool is_closed(const struct program *p)
{
	bool has_main = false;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		has_main |= (f->ir->flags & IR_FUNC_MAIN) != 0;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct call *call = &f->calls[k];
			uint16_t flags = f->ir->ops[call->op].flags;
			if (!call->callee && !call->model && !(flags & IR_CALL_SYSTEM) &&
				!(flags & (IR_CALL_INDIRECT | IR_CALL_VIRTUAL | IR_CALL_BUILTIN)))
				return false;
		}
	}
	return has_main;
}

/* A unit that could not be read may do anything. */
static bool has_failed_unit(const struct program *p)
{
	for (size_t i = 0; i < p->units.nr; i++)
		if (p->units.at[i].is_failed)
			return true;
	return false;
}

void program_link(struct program *p)
{
	critical_apply(p);
	for (size_t i = 0; i < p->funcs.nr; i++)
		resolve_calls(p, p->funcs.at[i]);
	classes_infer(p);
	scc_number(p);
	p->is_whole = (p->is_whole || is_closed(p)) && !has_failed_unit(p);
}
