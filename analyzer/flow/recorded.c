/* Looks for records of errors in calls and behind them. */
#include "flow/recorded.h"

#include "base/str.h"
#include "flow/error_words.h"
#include "flow/strings.h"

static const struct ir_op *constant(struct program *p, struct func *f, ir_value v)
{
	if (v == IR_NONE)
		return NULL;
	const struct ir_op *op = &f->ir->ops[values_of(p, f)->origin[v]];
	return op->kind == IR_CONST ? op : NULL;
}

static bool names_error(const char *key)
{
	return key && (str_eq(key, "error") || str_has_prefix(key, "error.") ||
			      str_has_prefix(key, "exception.") || str_eq(key, "otel.status_code"));
}

static enum recorded by_status(
	struct program *p, struct func *f, const struct ir_op *op, int status)
{
	if (status < 0)
		return RECORDED_ERROR;
	const struct ir_op *code = constant(p, f, ir_call_arg(op, (unsigned)status));
	if (code && error_words_judge(code->link) == OUTCOME_FAILURE)
		return RECORDED_ERROR;
	return RECORDED_CHOICE;
}

enum recorded recorded_by(struct program *p, struct func *f, uint32_t number)
{
	const struct call *c = func_call(f, number);
	const struct model_call *m = c ? c->model : NULL;
	const struct ir_op *op = &f->ir->ops[number];
	if (!m)
		return RECORDED_NOTHING;
	const char *text;
	switch (m->effect) {
	case EFFECT_EXCEPTION:
		return RECORDED_ERROR;
	case EFFECT_STATUS:
		return by_status(p, f, op, m->status);
	case EFFECT_END:
	case EFFECT_RELEASE:
		if (m->flags & MODEL_SETS_STATUS)
			return RECORDED_ERROR;
		return m->status >= 0 ? by_status(p, f, op, m->status) : RECORDED_NOTHING;
	case EFFECT_EVENT:
		text = m->name >= 0
			       ? value_string(values_of(p, f), ir_call_arg(op, (unsigned)m->name))
			       : NULL;
		return text && (str_eq(text, "exception") || str_eq(text, "error"))
			       ? RECORDED_ERROR
			       : RECORDED_NOTHING;
	case EFFECT_ATTRIBUTE:
		for (uint32_t i = 0; i < m->nr_key_texts; i++)
			if (names_error(m->key_texts[i]))
				return RECORDED_ERROR;
		text = m->key >= 0
			       ? value_string(values_of(p, f), ir_call_arg(op, (unsigned)m->key))
			       : NULL;
		return names_error(text) ? RECORDED_ERROR : RECORDED_NOTHING;
	default:
		return RECORDED_NOTHING;
	}
}

/* ---- through the current span ---- */

static bool is_opaque(const struct func *f, const struct call *c)
{
	const struct ir_op *op = &f->ir->ops[c->op];
	if (c->model || c->callee || c->io->cost != COST_UNKNOWN)
		return false;
	return !(op->flags & (IR_CALL_SYSTEM | IR_CALL_BUILTIN | IR_CALL_PURE | IR_CALL_NORETURN));
}

static bool is_current(const struct func *f, const struct values *v, ir_value value)
{
	const struct call *c = func_call(f, v->origin[value]);
	return c && c->model && c->model->effect == EFFECT_CURRENT;
}

/* The handle comes from what is current, now or when it was put into its place. */
static bool is_current_handle(struct program *p, struct func *f, ir_value handle)
{
	const struct values *v = values_of(p, f);
	if (handle == IR_NONE)
		return false;
	if (is_current(f, v, handle))
		return true;
	uint32_t path = v->content[handle] != NO_PATH ? v->content[handle] : v->address[handle];
	for (uint32_t i = 0; path != NO_PATH && i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE && op->args[1] != IR_NONE &&
			v->address[op->args[0]] == path && is_current(f, v, op->args[1]))
			return true;
	}
	return false;
}

/* Records something on the span that is current. */
static bool touches_current(struct program *p, struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m || recorded_by(p, f, f->calls[i].op) == RECORDED_NOTHING)
			continue;
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		if ((m->flags & MODEL_ON_CURRENT) ||
			(m->span >= 0 &&
				is_current_handle(p, f, ir_call_arg(op, (unsigned)m->span))))
			return true;
	}
	return false;
}

static bool reaches_current(struct program *p, struct func *f, bool *seen)
{
	if (seen[f->number])
		return false;
	seen[f->number] = true;
	if (touches_current(p, f))
		return true;
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].callee && reaches_current(p, f->calls[i].callee, seen))
			return true;
	return false;
}

bool records_on_current(struct program *p, struct func *f, uint32_t op)
{
	const struct call *c = func_call(f, op);
	if (!c || c->model)
		return false;
	if (!c->callee)
		return is_opaque(f, c);
	struct arena scratch;
	arena_init(&scratch);
	bool found = reaches_current(p, c->callee, arena_array(&scratch, bool, p->funcs.nr));
	arena_fini(&scratch);
	return found;
}

static bool reaches(struct func *f, enum model_effect effect, bool *seen)
{
	if (seen[f->number])
		return false;
	seen[f->number] = true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		if (c->model && c->model->effect == effect)
			return true;
		if (c->callee && reaches(c->callee, effect, seen))
			return true;
	}
	return false;
}

bool reaches_effect(
	struct func *f, enum model_effect effect, struct arena *scratch, struct program *p)
{
	return reaches(f, effect, arena_array(scratch, bool, p->funcs.nr));
}
