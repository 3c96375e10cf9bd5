/* Holders and facts of one path; evaluation of conditions in the domain of signs. */
#include "flow/state.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool state_holds(const struct state *s, uint32_t path)
{
	for (uint32_t i = 0; i < s->nr_holders; i++)
		if (s->holders[i] == path)
			return true;
	return false;
}

bool state_add_holder(struct state *s, uint32_t path)
{
	if (state_holds(s, path))
		return true;
	if (s->nr_holders == STATE_HOLDERS)
		return false;
	uint32_t i = s->nr_holders++;
	for (; i > 0 && s->holders[i - 1] > path; i--)
		s->holders[i] = s->holders[i - 1];
	s->holders[i] = path;
	return true;
}

bool state_drop_holders(struct state *s, const struct values *v, uint32_t path)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < s->nr_holders; i++)
		if (!path_is_within(v, s->holders[i], path))
			s->holders[kept++] = s->holders[i];
	bool dropped = kept != s->nr_holders;
	for (uint32_t i = kept; i < s->nr_holders; i++)
		s->holders[i] = 0;
	s->nr_holders = kept;
	return dropped;
}

static const struct known anything = {SIGN_ANY, NULL};

struct known state_known(const struct state *s, uint32_t path)
{
	for (uint32_t i = 0; i < s->nr_facts; i++)
		if (s->facts[i].path == path)
			return (struct known){s->facts[i].signs, s->facts[i].exact};
	return anything;
}

static void remove_fact(struct state *s, uint32_t i)
{
	memmove(&s->facts[i], &s->facts[i + 1], (s->nr_facts - i - 1) * sizeof(s->facts[0]));
	s->nr_facts--;
	memset(&s->facts[s->nr_facts], 0, sizeof(s->facts[0]));
}

void state_forget(struct state *s, const struct values *v, uint32_t path)
{
	for (uint32_t i = s->nr_facts; i-- > 0;)
		if (path_is_within(v, s->facts[i].path, path))
			remove_fact(s, i);
}

void state_learn(struct state *s, const struct values *v, uint32_t path, struct known known)
{
	if (path == NO_PATH || !v->is_tested[path])
		return;
	for (uint32_t i = 0; i < s->nr_facts; i++) {
		if (s->facts[i].path == path) {
			remove_fact(s, i);
			break;
		}
	}
	if ((known.signs == SIGN_ANY && !known.exact) || s->nr_facts == STATE_FACTS)
		return;
	uint32_t i = s->nr_facts++;
	for (; i > 0 && s->facts[i - 1].path > path; i--)
		s->facts[i] = s->facts[i - 1];
	s->facts[i].path = path;
	s->facts[i].signs = known.signs;
	s->facts[i].exact = known.exact;
}

static uint32_t sign_of(const char *number)
{
	if (number[0] == '-')
		return SIGN_NEG;
	for (const char *c = number; *c; c++)
		if (*c >= '1' && *c <= '9')
			return SIGN_POS;
	return SIGN_ZERO;
}

static struct known constant(const struct ir_op *op)
{
	switch (op->sub) {
	case IR_LIT_INT:
	case IR_LIT_ENUM:
	case IR_LIT_CHAR:
		return (struct known){sign_of(op->sym), op->sym};
	case IR_LIT_BOOL:
		return str_eq(op->sym, "true") || str_eq(op->sym, "1")
			       ? (struct known){SIGN_POS, NULL}
			       : (struct known){SIGN_ZERO, NULL};
	case IR_LIT_NULL:
		return (struct known){SIGN_ZERO, NULL};
	case IR_LIT_STRING:
	case IR_LIT_SIZE:
		return (struct known){SIGN_POS, NULL};
	default:
		return anything;
	}
}

struct known state_of_text(const char *text)
{
	bool is_number = isdigit((unsigned char)text[0]) || text[0] == '-';
	return (struct known){is_number ? sign_of(text) : SIGN_ANY, text};
}

/* A number and the name of an enumerator may be the same. */
static bool are_comparable(const char *a, const char *b)
{
	return (isdigit((unsigned char)a[0]) || a[0] == '-') ==
	       (isdigit((unsigned char)b[0]) || b[0] == '-');
}

/* Which signs of a and b can make `a op b` true; a and b are masks of signs. */
static bool can_hold(const char *op, struct known a, struct known b)
{
	bool both_exact = a.exact && b.exact && are_comparable(a.exact, b.exact);
	if (str_eq(op, "=="))
		return both_exact ? str_eq(a.exact, b.exact) : (a.signs & b.signs) != 0;
	if (str_eq(op, "!="))
		return both_exact ? !str_eq(a.exact, b.exact)
				  : !(a.signs == SIGN_ZERO && b.signs == SIGN_ZERO);
	if (b.signs != SIGN_ZERO)
		return true;
	if (str_eq(op, "<"))
		return a.signs & SIGN_NEG;
	if (str_eq(op, "<="))
		return a.signs & (SIGN_NEG | SIGN_ZERO);
	if (str_eq(op, ">"))
		return a.signs & SIGN_POS;
	if (str_eq(op, ">="))
		return a.signs & (SIGN_POS | SIGN_ZERO);
	return true;
}

static const struct {
	const char *op, *negated, *swapped;
} operators[] = {
	{"==", "!=", "=="},
	{"!=", "==", "!="},
	{"<", ">=", ">"},
	{"<=", ">", ">="},
	{">", "<=", "<"},
	{">=", "<", "<="},
};

static const char *negate(const char *op)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (str_eq(operators[i].op, op))
			return operators[i].negated;
	return "";
}

static const char *swap(const char *op)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (str_eq(operators[i].op, op))
			return operators[i].swapped;
	return "";
}

static struct known truth(bool can_be_true, bool can_be_false)
{
	if (can_be_true && can_be_false)
		return (struct known){SIGN_ZERO | SIGN_POS, NULL};
	return (struct known){can_be_true ? SIGN_POS : SIGN_ZERO, NULL};
}

static bool is_handle(const struct state *s, const struct values *v, ir_value value)
{
	if (s->phase != SPAN_OPEN && s->phase != SPAN_ENDED)
		return false;
	if (s->subject != IR_NONE && v->origin[value] == s->subject &&
		!(s->flags & STATE_BY_ADDRESS))
		return true;
	const struct ir_op *op = &v->func->ir->ops[value];
	/* `if (span)` of a class: a conversion that gives its object's handle again */
	if (op->kind == IR_CALL && v->address[value] != NO_PATH && str_eq(op->type, "bool"))
		return state_holds(s, v->address[value]);
	return v->content[value] != NO_PATH && state_holds(s, v->content[value]);
}

/* A read of errno: it is a call in the C libraries of Linux, macOS and the BSDs. */
static bool is_errno(const struct values *v, ir_value value)
{
	static const char *const names[] = {"__errno_location", "___errno", "__error", "__errno"};
	const struct ir_op *op = &v->func->ir->ops[v->origin[value]];
	if (op->kind != IR_LOAD || op->args[0] == IR_NONE)
		return false;
	const struct ir_op *from = &v->func->ir->ops[v->origin[op->args[0]]];
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (from->kind == IR_CALL && str_eq(from->sym, names[i]))
			return true;
	return false;
}

/* Who writes -errno means a failure: no errno is 0 or less (POSIX, <errno.h>). */
static struct known negated(const struct state *s, const struct values *v, ir_value value)
{
	if (value == IR_NONE)
		return anything;
	if (is_errno(v, value))
		return (struct known){SIGN_NEG, NULL};
	uint32_t signs = state_eval(s, v, value).signs;
	return (struct known){(signs & SIGN_ZERO) | (signs & SIGN_NEG ? SIGN_POS : 0) |
				      (signs & SIGN_POS ? SIGN_NEG : 0),
		NULL};
}

struct known state_eval(const struct state *s, const struct values *v, ir_value value)
{
	if (value == IR_NONE)
		return anything;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (is_handle(s, v, value))
		return (struct known){SIGN_POS, NULL};
	if (s->result_of && v->origin[value] + 1 == s->result_of)
		return (struct known){s->result_signs, NULL};
	if (op->kind == IR_CONST)
		return constant(op);
	if (op->kind == IR_COPY)
		return state_eval(s, v, op->args[0]);
	if (op->kind == IR_CALC && str_eq(op->sym, "-") && op->nr_args == 1)
		return negated(s, v, op->args[0]);
	if (op->kind == IR_COMPARE && str_eq(op->sym, "!")) {
		struct known k = state_eval(s, v, op->args[0]);
		return truth(k.signs & SIGN_ZERO, k.signs & SIGN_NONZERO);
	}
	if (op->kind == IR_COMPARE && op->nr_args == 2) {
		struct known a = state_eval(s, v, op->args[0]);
		struct known b = state_eval(s, v, op->args[1]);
		return truth(can_hold(op->sym, a, b), can_hold(negate(op->sym), a, b));
	}
	if (v->content[value] != NO_PATH)
		return v->is_stale[value] ? anything : state_known(s, v->content[value]);
	if (v->address[value] != NO_PATH && op->kind != IR_CALL)
		return (struct known){SIGN_POS, NULL};
	return anything;
}

/* The place stands in relation `op` to `bound`: what can it still be? False: it cannot. */
static bool narrow(
	struct state *s, const struct values *v, uint32_t path, const char *op, struct known bound)
{
	struct known now = state_known(s, path);
	if (!can_hold(op, now, bound))
		return false;
	struct known next = now;
	if (str_eq(op, "==")) {
		next.signs &= bound.signs;
		next.exact = bound.exact ? bound.exact : now.exact;
	} else if (bound.signs == SIGN_ZERO) {
		uint32_t allowed = str_eq(op, "!=")   ? SIGN_NONZERO
				   : str_eq(op, "<")  ? SIGN_NEG
				   : str_eq(op, "<=") ? SIGN_NEG | SIGN_ZERO
				   : str_eq(op, ">")  ? SIGN_POS
						      : SIGN_POS | SIGN_ZERO;
		next.signs &= allowed;
	}
	state_learn(s, v, path, next);
	return true;
}

/* `value` stands in relation `op` to `bound`: so does the place it was read from, and the one it
 * was just stored to. */
static bool assume_relation(
	struct state *s, const struct values *v, ir_value value, const char *op, struct known bound)
{
	if (!can_hold(op, state_eval(s, v, value), bound))
		return false;
	if (value == IR_NONE || is_handle(s, v, value))
		return true;
	uint32_t read = v->content[value], stored = v->stored[value];
	return (read == NO_PATH || v->is_stale[value] || narrow(s, v, read, op, bound)) &&
	       (stored == NO_PATH || narrow(s, v, stored, op, bound));
}

bool state_assume(struct state *s, const struct values *v, ir_value value, bool is_true)
{
	static const struct known zero = {SIGN_ZERO, NULL};
	if (value == IR_NONE)
		return true;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_COPY)
		return state_assume(s, v, op->args[0], is_true);
	if (op->kind == IR_COMPARE && str_eq(op->sym, "!"))
		return state_assume(s, v, op->args[0], !is_true);
	if (op->kind == IR_COMPARE && op->nr_args == 2) {
		const char *relation = is_true ? op->sym : negate(op->sym);
		struct known a = state_eval(s, v, op->args[0]);
		struct known b = state_eval(s, v, op->args[1]);
		return assume_relation(s, v, op->args[0], relation, b) &&
		       assume_relation(s, v, op->args[1], swap(relation), a);
	}
	return assume_relation(s, v, value, is_true ? "!=" : "==", zero);
}
