/* What a returned value means, by its function's convention and by what its path knows of it. */
#include "base/str.h"
#include "flow/error_words.h"
#include "flow/state.h"

#include <string.h>

bool error_type_is_integer(const char *type)
{
	static const char *const words[] = {"int", "long", "short", "enum "};
	for (size_t i = 0; i < 4; i++)
		if (strstr(type, words[i]))
			return !strchr(type, '<') && !strchr(type, '(');
	return false;
}

/* Status::CANCELLED, InvalidArgumentError("…"), Status(StatusCode::INTERNAL, "…"). */
enum outcome error_status_judge(const struct values *v, ir_value value)
{
	const struct ir_op *ops = v->func->ir->ops;
	for (unsigned depth = 0; value != IR_NONE && depth < 8; depth++) {
		value = v->origin[value];
		const struct ir_op *op = &ops[value];
		if (op->kind == IR_LOAD) {
			value = op->args[0];
		} else if (op->kind == IR_GLOBAL) {
			return error_words_judge(op->sym);
		} else if (op->kind == IR_CONST) {
			return op->sub == IR_LIT_ENUM ? error_words_judge(op->link)
						      : OUTCOME_UNKNOWN;
		} else if (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args) {
			value = op->args[0];
		} else if (op->kind == IR_CALL) {
			return error_words_judge(op->sym);
		} else {
			return OUTCOME_UNKNOWN;
		}
	}
	return OUTCOME_UNKNOWN;
}

static bool is_handled(const struct error_convention *c, const char *exact)
{
	for (uint32_t i = 0; exact && i < c->nr_handled; i++) {
		const char *h = c->handled_exact[i];
		if (h && (str_eq(h, exact) || (exact[0] == '-' && str_eq(h, exact + 1))))
			return true;
	}
	return false;
}

static enum outcome judge_enum(const struct error_convention *c, struct known k)
{
	bool zero_is_success = false, others_fail = true;
	for (uint32_t i = 0; i < c->nr_values; i++) {
		if (k.exact && str_eq(c->values[i].exact, k.exact))
			return c->values[i].outcome;
		if (str_eq(c->values[i].exact, "0"))
			zero_is_success = c->values[i].outcome == OUTCOME_SUCCESS;
		else
			others_fail &= c->values[i].outcome == OUTCOME_FAILURE;
	}
	if (zero_is_success && k.signs == SIGN_ZERO)
		return OUTCOME_SUCCESS;
	return zero_is_success && others_fail && !(k.signs & SIGN_ZERO) ? OUTCOME_FAILURE
									: OUTCOME_UNKNOWN;
}

static enum outcome judge_number(const struct error_convention *c, struct known k)
{
	if (c->kind == ERROR_BY_ENUM)
		return judge_enum(c, k);
	if (c->kind == ERROR_BY_NONZERO)
		return k.signs == SIGN_ZERO  ? OUTCOME_SUCCESS
		       : k.signs & SIGN_ZERO ? OUTCOME_UNKNOWN
					     : OUTCOME_FAILURE;
	if (k.signs == SIGN_POS && !c->has_positive)
		return OUTCOME_UNKNOWN; /* never happens: tests on the path contradict each other */
	if (k.signs == SIGN_NEG || (!(k.signs & SIGN_ZERO) && !c->has_positive))
		return OUTCOME_FAILURE;
	return k.signs & SIGN_NEG ? OUTCOME_UNKNOWN : OUTCOME_SUCCESS;
}

/* Without evidence: what negative numbers, NULL, false and known non-zero numbers usually mean. */
static enum outcome guess(const char *ret, struct known k)
{
	bool looks_failed = k.signs == SIGN_NEG;
	if (str_has_suffix(ret, "*") || str_eq(ret, "bool") || str_eq(ret, "_Bool"))
		looks_failed |= k.signs == SIGN_ZERO;
	else if (error_type_is_integer(ret))
		looks_failed |= !(k.signs & SIGN_ZERO);
	return looks_failed ? OUTCOME_SUSPECT : OUTCOME_UNKNOWN;
}

enum outcome errors_outcome(
	struct program *p, struct func *f, const struct state *s, const struct ir_op *ret)
{
	if (!ret->nr_args || ret->args[0] == IR_NONE)
		return OUTCOME_UNKNOWN;
	const struct error_convention *c = errors_of(p, f);
	const struct values *v = values_of(p, f);
	struct known k = state_eval(s, v, ret->args[0]);
	if (!c->is_sure)
		return guess(f->ir->ret, k);
	enum outcome outcome = OUTCOME_UNKNOWN;
	switch (c->kind) {
	case ERROR_BY_NULL:
	case ERROR_BY_FALSE:
		if (k.signs == SIGN_ZERO)
			outcome = OUTCOME_FAILURE;
		else if (!(k.signs & SIGN_ZERO))
			outcome = OUTCOME_SUCCESS;
		break;
	case ERROR_BY_STATUS:
		outcome = error_status_judge(v, ret->args[0]);
		break;
	default:
		outcome = judge_number(c, k);
		break;
	}
	if (outcome != OUTCOME_FAILURE)
		return outcome;
	bool is_code = c->kind == ERROR_BY_NEGATIVE || c->returns_errno;
	if (is_handled(c, k.exact) || (is_code && errno_is_retry(k.exact)))
		return OUTCOME_HANDLED;
	/* one of several codes, some of which are answers: which one, nobody can say */
	return c->nr_handled && !k.exact ? OUTCOME_UNKNOWN : OUTCOME_FAILURE;
}

const char *error_kind_text(enum error_kind kind)
{
	static const char *const texts[] = {"nothing that is known", "a negative number", "NULL",
		"false", "a number other than 0", "an enumerator named so", "a status object"};
	return texts[kind];
}
