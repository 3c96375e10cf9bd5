/* Learns error conventions: what a function returns, on what occasions, and how callers read it. */
#include "flow/errors.h"

#include "base/str.h"
#include "flow/callers.h"
#include "flow/error_words.h"
#include "flow/state.h"

#include <string.h>

#define MAX_EVIDENCE 6

/* What one return can give back. */
struct result {
	ir_value value; /* CONST, CALL, or another op */
	uint32_t op;    /* where it is returned or stored */
};

struct learner {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct error_convention *conv;
	VEC(struct result) results;
	VEC(struct error_evidence) evidence;
	VEC(struct error_value) values;
	uint32_t *block_of;  /* per op */
	uint32_t *only_pred; /* per block: the one block that leads there, or IR_NONE */
	bool has_negative, has_zero, has_positive, has_other, is_forwarding;
};

static const struct ir_op *op_at(const struct learner *l, uint32_t number)
{
	return &l->f->ir->ops[number];
}

static void __attribute__((format(printf, 3, 4))) note(
	struct learner *l, uint32_t op, const char *fmt, ...)
{
	if (l->evidence.nr >= MAX_EVIDENCE)
		return;
	va_list ap;
	va_start(ap, fmt);
	struct error_evidence e = {op_at(l, op)->loc, arena_vprintf(l->p->arena, fmt, ap)};
	va_end(ap);
	for (size_t i = 0; i < l->evidence.nr; i++)
		if (str_eq(l->evidence.at[i].text, e.text))
			return;
	vec_push(l->p->arena, &l->evidence, e);
}

/* ---- what is returned ---- */

static void collect(struct learner *l, ir_value value, uint32_t op, unsigned depth)
{
	if (value == IR_NONE)
		return;
	value = l->v->origin[value];
	uint32_t path = l->v->content[value];
	bool is_variable = op_at(l, value)->kind == IR_LOAD && path != NO_PATH &&
			   l->v->paths.at[path].kind == PATH_VAR && l->v->paths.at[path].is_local;
	if (!is_variable || depth == 6) {
		vec_push(l->p->arena, &l->results, (struct result){value, op});
		return;
	}
	bool is_param = l->f->ir->vars[l->v->paths.at[path].var].flags & IR_VAR_PARAM;
	if (is_param)
		vec_push(l->p->arena, &l->results, (struct result){value, op});
	for (uint32_t i = 0; i < l->f->ir->nr_ops; i++) {
		const struct ir_op *store = op_at(l, i);
		if (store->kind == IR_STORE && store->args[0] != IR_NONE &&
			l->v->address[store->args[0]] == path && store->args[1] != value)
			collect(l, store->args[1], i, depth + 1);
	}
}

static void collect_all(struct learner *l)
{
	for (uint32_t i = 0; i < l->f->ir->nr_ops; i++)
		if (op_at(l, i)->kind == IR_RETURN && op_at(l, i)->nr_args)
			collect(l, op_at(l, i)->args[0], i, 0);
}

static void map_blocks(struct learner *l)
{
	const struct ir_func *f = l->f->ir;
	l->block_of = arena_array(l->p->arena, uint32_t, f->nr_ops);
	l->only_pred = arena_array(l->p->arena, uint32_t, f->nr_blocks);
	uint32_t *nr_preds = arena_array(l->p->arena, uint32_t, f->nr_blocks);
	for (uint32_t b = 0; b < f->nr_blocks; b++) {
		for (uint32_t i = 0; i < f->blocks[b].nr_ops; i++)
			l->block_of[f->blocks[b].first + i] = b;
		for (uint32_t k = 0; k < f->blocks[b].nr_succs; k++) {
			nr_preds[f->blocks[b].succs[k].block]++;
			l->only_pred[f->blocks[b].succs[k].block] = b;
		}
	}
	for (uint32_t b = 0; b < f->nr_blocks; b++)
		if (nr_preds[b] != 1)
			l->only_pred[b] = IR_NONE;
}

/* ---- the occasion: what happened right before the value was chosen ---- */

static bool records_error(const struct learner *l, uint32_t op)
{
	const struct call *c = func_call(l->f, op);
	if (!c || !c->model)
		return false;
	if (c->model->effect == EFFECT_EXCEPTION)
		return true;
	if (c->model->effect != EFFECT_STATUS || c->model->status < 0)
		return false;
	ir_value v = ir_call_arg(op_at(l, op), (unsigned)c->model->status);
	const struct ir_op *status = v == IR_NONE ? NULL : op_at(l, l->v->origin[v]);
	return status && status->kind == IR_CONST &&
	       error_words_judge(status->link) == OUTCOME_FAILURE;
}

/* "is returned after write() failed": why the value that `op` chooses means failure, or NULL. */
static const char *occasion(struct learner *l, uint32_t op)
{
	const struct ir_func *f = l->f->ir;
	uint32_t block = l->block_of[op];
	for (unsigned depth = 0; depth < 4; depth++) {
		for (uint32_t i = f->blocks[block].first;
			i < f->blocks[block].first + f->blocks[block].nr_ops; i++)
			if (i <= op && records_error(l, i))
				return "after an error was recorded on a span";
		uint32_t pred = l->only_pred[block];
		if (pred == IR_NONE)
			return NULL;
		const struct ir_block *b = &f->blocks[pred];
		const struct ir_op *end = &f->ops[b->first + b->nr_ops - 1];
		bool is_first = b->succs[0].block == block;
		if (end->kind == IR_TRY && !is_first)
			return "after an exception was caught";
		if (end->kind == IR_BRANCH) {
			ir_value call = errors_failed_call(l->p, l->f, end->args[0], is_first);
			if (call == IR_NONE || f->ops[call].sym[0] == '\0')
				return NULL;
			return arena_printf(
				l->p->arena, "after %s() failed", ir_simple_name(f->ops[call].sym));
		}
		if (end->kind != IR_JUMP)
			return NULL;
		block = pred;
		op = b->first + b->nr_ops - 1;
	}
	return NULL;
}

/* ---- integers ---- */

static bool is_errno(const struct learner *l, ir_value value)
{
	const struct ir_op *op = op_at(l, value);
	if (op->kind != IR_LOAD || op->args[0] == IR_NONE)
		return false;
	const struct ir_op *from = op_at(l, l->v->origin[op->args[0]]);
	return from->kind == IR_CALL && str_eq(from->sym, "__errno_location");
}

static bool is_negated_errno(const struct learner *l, ir_value value)
{
	const struct ir_op *op = op_at(l, value);
	return op->kind == IR_CALC && str_eq(op->sym, "-") && op->nr_args == 1 &&
	       op->args[0] != IR_NONE && is_errno(l, l->v->origin[op->args[0]]);
}

/* The op that stores an error's number into errno, or IR_NONE. */
static uint32_t errno_store(struct learner *l)
{
	for (uint32_t i = 0; i < l->f->ir->nr_ops; i++) {
		const struct ir_op *op = op_at(l, i);
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE)
			continue;
		const struct ir_op *to = op_at(l, l->v->origin[op->args[0]]);
		const struct ir_op *value = op_at(l, l->v->origin[op->args[1]]);
		if (to->kind == IR_CALL && str_eq(to->sym, "__errno_location") &&
			value->kind == IR_CONST && !str_eq(value->sym, "0"))
			return i;
	}
	return IR_NONE;
}

/* A call handed on: what its callee means is what is meant here. */
static void learn_forward(struct learner *l, const struct result *r)
{
	const struct call *c = func_call(l->f, r->value);
	if (!c->callee || c->callee == l->f) {
		l->has_other |= c->callee != l->f;
		return;
	}
	const struct error_convention *callee = errors_of(l->p, c->callee);
	if (!callee->is_sure || (l->conv->is_sure && callee->kind != l->conv->kind)) {
		l->has_other = true;
		return;
	}
	l->is_forwarding = true;
	l->conv->may_fail |= callee->may_fail;
	l->has_positive |= callee->has_positive;
	if (l->conv->kind == ERROR_BY_NOTHING)
		l->conv->kind = callee->kind;
	note(l, r->op, "returns what %s() returns", ir_simple_name(c->callee->ir->name));
}

/* -EINVAL and its like: a macro's number in the range of error codes, and no limit that is
 * returned with either sign. */
static bool is_negative_code(const struct learner *l, const struct ir_op *op)
{
	if (op->sym[0] != '-' || !(op->flags & IR_IN_MACRO) || str_eq(op->sym, "-1") ||
		strlen(op->sym) > 5)
		return false;
	for (size_t i = 0; i < l->results.nr; i++) {
		const struct ir_op *other = op_at(l, l->results.at[i].value);
		if (other->kind == IR_CONST && str_eq(other->sym, op->sym + 1))
			return false;
		uint32_t path = l->v->content[l->results.at[i].value];
		if (path != NO_PATH && l->v->paths.at[path].kind == PATH_VAR)
			return false; /* a parameter, cut to a range */
	}
	return true;
}

static void learn_constant(struct learner *l, const struct result *r, const struct ir_op *op)
{
	bool is_negative = op->sym[0] == '-';
	bool is_zero = str_eq(op->sym, "0");
	l->has_negative |= is_negative;
	l->has_zero |= is_zero;
	l->has_positive |= !is_negative && !is_zero;
	bool is_enum = op->sub == IR_LIT_ENUM;
	enum outcome named = is_enum ? error_words_judge(op->link) : OUTCOME_UNKNOWN;
	if (is_enum)
		vec_push(l->p->arena, &l->values, (struct error_value){op->sym, named});
	if (is_negative && is_enum) {
		note(l, r->op, "returns %s (%s)", ir_simple_name(op->link), op->sym);
		l->conv->is_sure = true;
		l->conv->kind = ERROR_BY_NEGATIVE;
		l->conv->may_fail = true;
	} else if (is_negative_code(l, op)) {
		note(l, r->op, "returns a negative code, %s", op->sym);
		l->conv->is_sure = true;
		l->conv->kind = ERROR_BY_NEGATIVE;
		l->conv->may_fail = true;
	} else if (is_enum && named == OUTCOME_FAILURE) {
		note(l, r->op, "returns %s", ir_simple_name(op->link));
	}
}

/* Plain -1, or 1: the occasions on which it is returned say what it means. */
static void learn_occasions(struct learner *l, bool negative)
{
	bool found = false;
	for (size_t i = 0; i < l->results.nr && !found; i++) {
		const struct ir_op *op = op_at(l, l->results.at[i].value);
		if (op->kind != IR_CONST || (op->sub != IR_LIT_INT && op->sub != IR_LIT_ENUM) ||
			(op->sym[0] == '-') != negative || str_eq(op->sym, "0"))
			continue;
		const char *when = occasion(l, l->results.at[i].op);
		if (!when)
			continue;
		note(l, l->results.at[i].op, "returns %s %s", op->sym, when);
		found = true;
	}
	if (!found)
		return;
	l->conv->is_sure = l->conv->may_fail = true;
	l->conv->kind = negative ? ERROR_BY_NEGATIVE : ERROR_BY_NONZERO;
}

/* Does a caller test the result for being below zero, or for -1? */
static bool callers_test_negative(struct learner *l)
{
	const struct callers *all = callers_of(l->p, l->f);
	for (size_t i = 0; i < all->all.nr; i++) {
		struct func *f = all->all.at[i].func;
		for (uint32_t k = 0; k < f->ir->nr_ops; k++) {
			const struct ir_op *op = &f->ir->ops[k];
			if (op->kind != IR_COMPARE || op->nr_args != 2)
				continue;
			if (errors_failed_call(l->p, f, k, true) != all->all.at[i].op &&
				errors_failed_call(l->p, f, k, false) != all->all.at[i].op)
				continue;
			const char *sign = op->sym;
			if (!str_eq(sign, "<") && !str_eq(sign, ">="))
				continue;
			vec_push(l->p->arena, &l->evidence,
				(struct error_evidence){
					op->loc, arena_printf(l->p->arena,
							 "%s() tests it for being below zero",
							 ir_simple_name(f->ir->name))});
			return true;
		}
	}
	return false;
}

static void learn_enum(struct learner *l)
{
	bool good = false, bad = false;
	for (size_t i = 0; i < l->values.nr; i++) {
		good |= l->values.at[i].outcome == OUTCOME_SUCCESS;
		bad |= l->values.at[i].outcome == OUTCOME_FAILURE;
	}
	if (!good || !bad || l->conv->is_sure)
		return;
	l->conv->kind = ERROR_BY_ENUM;
	l->conv->is_sure = l->conv->may_fail = true;
	for (size_t i = 0; i < l->results.nr; i++) {
		const struct ir_op *op = op_at(l, l->results.at[i].value);
		if (op->sub == IR_LIT_ENUM && op->kind == IR_CONST &&
			error_words_judge(op->link) == OUTCOME_SUCCESS)
			note(l, l->results.at[i].op, "returns %s", ir_simple_name(op->link));
	}
}

static void learn_plain_numbers(struct learner *l)
{
	if (l->has_negative && !l->has_positive && !l->has_other) {
		bool is_plain =
			(l->has_zero || l->is_forwarding) && !error_words_ask(l->f->ir->name);
		for (size_t i = 0; is_plain && i < l->results.nr; i++) {
			const struct ir_op *op = op_at(l, l->results.at[i].value);
			if (op->kind == IR_CONST && op->sym[0] == '-')
				note(l, l->results.at[i].op, "returns %s, and 0 elsewhere",
					op->sym);
		}
		if (is_plain) {
			l->conv->is_sure = l->conv->may_fail = true;
			l->conv->kind = ERROR_BY_NEGATIVE;
		}
	}
	if (!l->conv->is_sure && l->has_negative)
		learn_occasions(l, true);
	if (!l->conv->is_sure && l->has_negative && callers_test_negative(l)) {
		l->conv->is_sure = l->conv->may_fail = true;
		l->conv->kind = ERROR_BY_NEGATIVE;
	}
	if (!l->conv->is_sure && l->has_positive && l->has_zero && !l->has_negative &&
		!l->has_other && !error_words_ask(l->f->ir->name))
		learn_occasions(l, false);
}

static void learn_main(struct learner *l)
{
	l->conv->kind = ERROR_BY_NONZERO;
	l->conv->is_sure = true;
	l->conv->may_fail = l->has_positive || l->has_negative || l->has_other;
	vec_push(l->p->arena, &l->evidence,
		(struct error_evidence){l->f->ir->loc, "main's result is the exit status"});
}

static void learn_numbers(struct learner *l)
{
	l->conv->sets_errno = errno_store(l) != IR_NONE;
	for (size_t i = 0; i < l->results.nr; i++) {
		struct result *r = &l->results.at[i];
		const struct ir_op *op = op_at(l, r->value);
		if (op->kind == IR_CONST) {
			learn_constant(l, r, op);
		} else if (is_negated_errno(l, r->value)) {
			note(l, r->op, "returns -errno");
			l->conv->kind = ERROR_BY_NEGATIVE;
			l->conv->is_sure = l->conv->may_fail = true;
			l->has_negative = true;
		} else if (is_errno(l, r->value)) {
			note(l, r->op, "returns errno");
			l->conv->returns_errno = true;
		} else if (op->kind != IR_CALL) {
			l->has_other = true;
		}
	}
	for (size_t i = 0; i < l->results.nr; i++)
		if (op_at(l, l->results.at[i].value)->kind == IR_CALL)
			learn_forward(l, &l->results.at[i]);
	if (l->f->ir->flags & IR_FUNC_MAIN)
		learn_main(l);
	if (!l->conv->is_sure && l->conv->returns_errno && !l->has_negative) {
		l->conv->kind = ERROR_BY_NONZERO;
		l->conv->is_sure = l->conv->may_fail = true;
	}
	if (!l->conv->is_sure)
		learn_enum(l);
	if (!l->conv->is_sure && l->conv->sets_errno && l->has_negative) {
		note(l, errno_store(l), "sets errno, and returns a negative number");
		l->conv->kind = ERROR_BY_NEGATIVE;
		l->conv->is_sure = l->conv->may_fail = true;
	}
	if (!l->conv->is_sure)
		learn_plain_numbers(l);
	if (!l->conv->is_sure && l->is_forwarding && !l->has_other && !l->has_positive)
		l->conv->is_sure = true; /* only hands on what others return */
	l->conv->has_positive = l->has_positive || l->has_other;
}

/* ---- pointers and truth values ---- */

static bool is_nothing(const struct ir_op *op)
{
	if (op->kind != IR_CONST)
		return false;
	return op->sub == IR_LIT_NULL || str_eq(op->sym, "0") || str_eq(op->sym, "false");
}

/* NULL and false are answers as often as they are failures: only the occasion can tell. */
static void learn_nothing(struct learner *l, enum error_kind kind)
{
	bool has_something = false;
	l->conv->kind = kind;
	l->conv->sets_errno = errno_store(l) != IR_NONE;
	for (size_t i = 0; i < l->results.nr; i++) {
		struct result *r = &l->results.at[i];
		if (!is_nothing(op_at(l, r->value))) {
			has_something = true;
			continue;
		}
		const char *when = occasion(l, r->op);
		if (!when && !l->conv->sets_errno)
			continue;
		note(l, r->op, "returns %s %s", kind == ERROR_BY_NULL ? "NULL" : "false",
			when ? when : "and sets errno");
		l->conv->is_sure = l->conv->may_fail = true;
	}
	if (!has_something || (kind == ERROR_BY_FALSE && error_words_ask(l->f->ir->name)))
		l->conv->is_sure = false;
}

/* ---- status objects ---- */

static bool is_status_type(const char *type)
{
	static const char *const names[] = {
		"Status", "StatusOr", "Result", "expected", "error_code"};
	char name[64];
	size_t n = strcspn(type, "<");
	const char *start = type;
	for (size_t i = 0; i + 1 < n; i++)
		if (type[i] == ':' && type[i + 1] == ':')
			start = type + i + 2;
	n -= (size_t)(start - type);
	if (n >= sizeof(name) || !strstr(type, "::"))
		return false;
	memcpy(name, start, n);
	name[n] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static void learn_status(struct learner *l)
{
	l->conv->kind = ERROR_BY_STATUS;
	for (uint32_t i = 0; i < l->f->ir->nr_ops; i++) {
		const struct ir_op *op = op_at(l, i);
		if (op->kind != IR_RETURN || !op->nr_args ||
			error_status_judge(l->v, op->args[0]) != OUTCOME_FAILURE)
			continue;
		note(l, i, "returns a status that says failure");
		l->conv->is_sure = l->conv->may_fail = true;
	}
}

/* ---- results that are answers ---- */

/* The value of an enumerator of that name, wherever the program mentions it. */
static const char *enumerator_value(const struct program *p, const char *name)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_ops; k++)
			if (f->ops[k].kind == IR_CONST && f->ops[k].sub == IR_LIT_ENUM &&
				(str_eq(f->ops[k].link, name) ||
					str_eq(ir_simple_name(f->ops[k].link), name)))
				return f->ops[k].sym;
	}
	return NULL;
}

static void add_handled(struct learner *l, const char *list)
{
	struct error_convention *c = l->conv;
	VEC(const char *) names = {0};
	VEC(const char *) exact = {0};
	while (*list) {
		size_t n = strcspn(list, ",");
		while (n && *list == ' ')
			list++, n--;
		const char *name = arena_strndup(l->p->arena, list, n);
		bool is_number = name[0] == '-' || (name[0] >= '0' && name[0] <= '9');
		const char *value =
			is_number ? name : errno_number(name[0] == '-' ? name + 1 : name);
		vec_push(l->p->arena, &names, name);
		vec_push(l->p->arena, &exact, value ? value : enumerator_value(l->p, name));
		list += n + (list[n] == ',');
	}
	c->handled = names.at;
	c->handled_exact = exact.at;
	c->nr_handled = (uint32_t)names.nr;
}

static void learn_handled(struct learner *l)
{
	static const char prefix[] = "otel-tidy:handled-error;";
	for (uint32_t i = 0; i < l->f->nr_notes; i++)
		if (str_has_prefix(l->f->notes[i], prefix))
			add_handled(l, l->f->notes[i] + strlen(prefix));
}

/* ---- together ---- */

const struct error_convention *errors_of(struct program *p, struct func *f)
{
	if (f->errors)
		return f->errors;
	struct error_convention *c = f->errors = arena_new(p->arena, struct error_convention);
	if (str_eq(f->ir->ret, "void") || f->ir->incomplete[0])
		return c;
	/* learned apart, so that recursion meets "nothing is known" rather than half of it */
	struct error_convention learned = {0};
	struct learner l = {.p = p, .f = f, .v = values_of(p, f), .conv = &learned};
	const char *ret = f->ir->ret;
	map_blocks(&l);
	collect_all(&l);
	bool has_enum = false;
	for (size_t i = 0; i < l.results.nr; i++)
		has_enum |= op_at(&l, l.results.at[i].value)->kind == IR_CONST &&
			    op_at(&l, l.results.at[i].value)->sub == IR_LIT_ENUM;
	if (str_has_suffix(ret, "*"))
		learn_nothing(&l, ERROR_BY_NULL);
	else if (str_eq(ret, "bool") || str_eq(ret, "_Bool"))
		learn_nothing(&l, ERROR_BY_FALSE);
	else if (error_type_is_integer(ret) || has_enum)
		learn_numbers(&l);
	else if (is_status_type(ret))
		learn_status(&l);
	learn_handled(&l);
	learned.evidence = l.evidence.at;
	learned.nr_evidence = (uint32_t)l.evidence.nr;
	learned.values = l.values.at;
	learned.nr_values = (uint32_t)l.values.nr;
	*c = learned;
	return c;
}
