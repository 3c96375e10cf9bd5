/* Dumps of the IR as text. Columns are left out: line numbers are enough to read along; `~` behind
 * one says that a macro wrote the op. */
#include "ir/dump.h"

#include <string.h>

static void dump_quoted(struct strbuf *out, const char *s)
{
	strbuf_addc(out, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '\n')
			strbuf_add(out, "\\n");
		else if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else if (c < 0x20)
			strbuf_addf(out, "\\x%02x", c);
		else
			strbuf_addc(out, *s);
	}
	strbuf_addc(out, '"');
}

static const struct {
	uint16_t flag;
	const char *name;
} call_flags[] = {
	{IR_CALL_METHOD, "method"},
	{IR_CALL_INDIRECT, "indirect"},
	{IR_CALL_VIRTUAL, "virtual"},
	{IR_CALL_CONSTRUCT, "construct"},
	{IR_CALL_CLEANUP, "cleanup"},
	{IR_CALL_NORETURN, "noreturn"},
	{IR_CALL_DISCARDED, "discarded"},
	{IR_CALL_PURE, "pure"},
	{IR_CALL_LAMBDA, "lambda"},
	{IR_CALL_SYSTEM, "system"},
	{IR_CALL_BUILTIN, "builtin"},
	{IR_OP_TEMPORARY, "temporary"},
};

static const struct {
	uint32_t flag;
	const char *name;
} func_flags[] = {
	{IR_FUNC_STATIC, "static"},
	{IR_FUNC_METHOD, "method"},
	{IR_FUNC_VIRTUAL, "virtual"},
	{IR_FUNC_CONSTRUCTOR, "constructor"},
	{IR_FUNC_DESTRUCTOR, "destructor"},
	{IR_FUNC_OPERATOR, "operator"},
	{IR_FUNC_LAMBDA, "lambda"},
	{IR_FUNC_NORETURN, "noreturn"},
	{IR_FUNC_TEMPLATE, "template"},
	{IR_FUNC_MAIN, "main"},
	{IR_FUNC_IN_HEADER, "in-header"},
	{IR_FUNC_CONST, "const"},
	{IR_FUNC_VARIADIC, "variadic"},
};

static void dump_const(struct strbuf *out, const struct ir_op *op)
{
	if (op->sub == IR_LIT_STRING)
		dump_quoted(out, op->sym);
	else if (op->sub == IR_LIT_NULL)
		strbuf_add(out, "null");
	else if (op->sub == IR_LIT_SIZE)
		strbuf_add(out, "sizeof");
	else if (op->sub == IR_LIT_ENUM)
		strbuf_addf(out, "%s=%s", op->link, op->sym);
	else
		strbuf_add(out, op->sym);
}

static void dump_op(struct strbuf *out, const struct ir_func *f, uint32_t number)
{
	const struct ir_op *op = &f->ops[number];
	strbuf_addf(out, "    ");
	if (!ir_is_terminator(op->kind) && op->kind != IR_STORE && op->kind != IR_SCOPE_END)
		strbuf_addf(out, "%%%u = ", number);
	strbuf_add(out, ir_kind_name(op->kind));
	if (op->kind == IR_CONST) {
		strbuf_addc(out, ' ');
		dump_const(out, op);
	} else if (op->kind == IR_VAR || op->kind == IR_SCOPE_END) {
		strbuf_addf(out, " %s", f->vars[op->var].name);
	} else if (op->kind == IR_LAMBDA) {
		strbuf_addf(out, " %s", op->sym);
	} else if (op->sym[0]) {
		strbuf_addf(out, " %s", op->sym);
	} else if (op->kind == IR_CALL) {
		strbuf_add(out, " *");
	}
	for (uint32_t i = 0; i < op->nr_args; i++) {
		if (op->args[i] == IR_NONE)
			strbuf_addf(out, "%s-", i ? ", " : " ");
		else
			strbuf_addf(out, "%s%%%u", i ? ", " : " ", op->args[i]);
	}
	if (op->kind == IR_CALL)
		for (size_t i = 0; i < sizeof(call_flags) / sizeof(call_flags[0]); i++)
			if (op->flags & call_flags[i].flag)
				strbuf_addf(out, " +%s", call_flags[i].name);
	if (op->kind == IR_INIT && op->type[0])
		strbuf_addf(out, " : %s", op->type);
	strbuf_addf(out, "  @%u%s\n", op->loc.line, op->flags & IR_IN_MACRO ? "~" : "");
}

static void dump_edges(struct strbuf *out, const struct ir_block *block)
{
	for (uint32_t i = 0; i < block->nr_succs; i++) {
		strbuf_addf(out, "%s b%u", i ? "," : " ->", block->succs[i].block);
		if (block->succs[i].label[0])
			strbuf_addf(out, " [%s]", block->succs[i].label);
	}
	strbuf_addc(out, '\n');
}

static void dump_head(struct strbuf *out, const struct ir_func *f)
{
	strbuf_addf(out, "func %s(", f->name);
	for (uint32_t i = 0; i < f->nr_params; i++)
		strbuf_addf(out, "%s%s: %s", i ? ", " : "", f->vars[i].name, f->vars[i].type);
	strbuf_addf(out, ") -> %s", f->ret);
	for (size_t i = 0; i < sizeof(func_flags) / sizeof(func_flags[0]); i++)
		if (f->flags & func_flags[i].flag)
			strbuf_addf(out, " +%s", func_flags[i].name);
	strbuf_addf(out, "  @%u-%u\n", f->loc.line, f->end_line);
	strbuf_addf(out, "  statements: %u\n", f->nr_stmts);
	if (f->incomplete[0])
		strbuf_addf(out, "  incomplete: %s\n", f->incomplete);
	for (uint32_t i = 0; i < f->nr_notes; i++)
		strbuf_addf(out, "  note: %s\n", f->notes[i]);
}

void ir_dump_func(struct strbuf *out, const struct ir_unit *unit, const struct ir_func *f)
{
	(void)unit;
	dump_head(out, f);
	for (uint32_t i = f->nr_params; i < f->nr_vars; i++) {
		const struct ir_var *v = &f->vars[i];
		strbuf_addf(out, "  var %s: %s", v->name, v->type);
		if (v->flags & IR_VAR_STATIC)
			strbuf_add(out, " static");
		if (v->flags & IR_VAR_REFERENCE)
			strbuf_add(out, " reference");
		if (v->flags & IR_VAR_DTOR)
			strbuf_add(out, " dtor");
		if (v->flags & IR_VAR_CAPTURED)
			strbuf_add(
				out, v->flags & IR_VAR_BY_REF ? " captured-by-ref" : " captured");
		if (v->flags & IR_VAR_CATCH)
			strbuf_add(out, " catch");
		if (v->cleanup[0])
			strbuf_addf(out, " cleanup(%s)", v->cleanup);
		strbuf_addc(out, '\n');
	}
	for (uint32_t i = 0; i < f->nr_blocks; i++) {
		const struct ir_block *block = &f->blocks[i];
		strbuf_addf(out, "  b%u:", i);
		dump_edges(out, block);
		for (uint32_t k = 0; k < block->nr_ops; k++)
			dump_op(out, f, block->first + k);
	}
}

void ir_dump_cfg(struct strbuf *out, const struct ir_func *f)
{
	dump_head(out, f);
	for (uint32_t i = 0; i < f->nr_blocks; i++) {
		const struct ir_block *block = &f->blocks[i];
		const struct ir_op *last = &f->ops[block->first + block->nr_ops - 1];
		strbuf_addf(out, "  b%u: %s @%u", i, ir_kind_name(last->kind), last->loc.line);
		dump_edges(out, block);
	}
}

void ir_dump_unit(struct strbuf *out, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		if (unit->funcs[i].flags & IR_FUNC_SYSTEM)
			continue;
		ir_dump_func(out, unit, &unit->funcs[i]);
		strbuf_addc(out, '\n');
	}
}
