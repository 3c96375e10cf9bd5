/* The IR's small helpers: names of ops, arguments by position. */
#include "ir/ir.h"

#include <string.h>

static const char *const kind_names[] = {
#define X(kind, name, term) name,
	IR_OPS(X)
#undef X
};

static const bool is_terminator[] = {
#define X(kind, name, term) term,
	IR_OPS(X)
#undef X
};

const char *ir_kind_name(enum ir_kind kind)
{
	return kind < IR_NR_KINDS ? kind_names[kind] : "?";
}

bool ir_is_terminator(enum ir_kind kind)
{
	return kind < IR_NR_KINDS && is_terminator[kind];
}

ir_value ir_call_arg(const struct ir_op *call, unsigned position)
{
	if (!(call->flags & IR_CALL_METHOD)) {
		if (position == 0)
			return IR_NONE;
		position--;
	}
	return position < call->nr_args ? call->args[position] : IR_NONE;
}

unsigned ir_call_nr_args(const struct ir_op *call)
{
	return call->nr_args - ((call->flags & IR_CALL_METHOD) && call->nr_args ? 1 : 0);
}

const char *ir_simple_name(const char *name)
{
	const char *last = name;
	for (const char *p = name; *p; p++) {
		if (p[0] == ':' && p[1] == ':')
			last = p + 2;
	}
	return last;
}
