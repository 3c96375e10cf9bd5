/* Literals, and references to constants whose value can be seen. */
#include "frontend/lower.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 99;
}

static void add_utf8(struct strbuf *out, unsigned code)
{
	if (code < 0x80) {
		strbuf_addc(out, (char)code);
	} else if (code < 0x800) {
		strbuf_addc(out, (char)(0xc0 | code >> 6));
		strbuf_addc(out, (char)(0x80 | (code & 0x3f)));
	} else if (code < 0x10000) {
		strbuf_addc(out, (char)(0xe0 | code >> 12));
		strbuf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
		strbuf_addc(out, (char)(0x80 | (code & 0x3f)));
	} else {
		strbuf_addc(out, (char)(0xf0 | code >> 18));
		strbuf_addc(out, (char)(0x80 | (code >> 12 & 0x3f)));
		strbuf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
		strbuf_addc(out, (char)(0x80 | (code & 0x3f)));
	}
}

static unsigned number(const char **p, unsigned base, unsigned most)
{
	unsigned n = 0;
	for (unsigned i = 0; i < most && digit_value(**p) < base; i++)
		n = n * base + digit_value(*(*p)++);
	return n;
}

/* One escape sequence; *p stands behind the backslash. */
static void add_escape(struct strbuf *out, const char **p)
{
	static const char from[] = "abfnrtv", to[] = "\a\b\f\n\r\t\v";
	char c = **p;
	const char *simple = c ? strchr(from, c) : NULL;
	if (simple) {
		strbuf_addc(out, to[simple - from]);
		(*p)++;
	} else if (c >= '0' && c <= '7') {
		strbuf_addc(out, (char)number(p, 8, 3));
	} else if (c == 'x') {
		(*p)++;
		strbuf_addc(out, (char)number(p, 16, 8));
	} else if (c == 'u' || c == 'U') {
		(*p)++;
		add_utf8(out, number(p, 16, c == 'u' ? 4 : 8));
	} else if (c) {
		strbuf_addc(out, c);
		(*p)++;
	}
}

/* libclang spells a string literal as its value in one pair of quotes, whatever was written. A NUL
 * inside ends it, as for every reader of the IR. */
const char *string_of_literal(struct unit *u, CXCursor c)
{
	const char *p = keep(u, clang.getCursorSpelling(c));
	struct strbuf out;
	strbuf_init(&out, u->scratch);
	p = strchr(p, '"');
	if (!p)
		return "";
	for (p++; *p && *p != '"';) {
		if (*p == '\\') {
			p++;
			add_escape(&out, &p);
		} else {
			strbuf_addc(&out, *p++);
		}
	}
	return keep_str(u, strbuf_str(&out));
}

static bool evaluate(struct unit *u, CXCursor c, struct ir_op *out)
{
	CXEvalResult result = clang.Cursor_Evaluate(c);
	bool is_known = true;
	if (!result)
		return false;
	CXEvalResultKind kind = clang.EvalResult_getKind(result);
	if (kind == CXEval_Int) {
		const char *text;
		if (clang.EvalResult_isUnsignedInt(result))
			text = arena_printf(
				u->scratch, "%llu", clang.EvalResult_getAsUnsigned(result));
		else
			text = arena_printf(
				u->scratch, "%lld", clang.EvalResult_getAsLongLong(result));
		*out = (struct ir_op){.kind = IR_CONST, .sub = IR_LIT_INT};
		out->sym = keep_str(u, text);
	} else if (kind == CXEval_Float) {
		*out = (struct ir_op){.kind = IR_CONST, .sub = IR_LIT_FLOAT};
		out->sym = keep_str(
			u, arena_printf(u->scratch, "%.17g", clang.EvalResult_getAsDouble(result)));
	} else {
		is_known = false;
	}
	clang.EvalResult_dispose(result);
	return is_known;
}

static bool literal_op(struct unit *u, CXCursor c, struct ir_op *out)
{
	*out = (struct ir_op){.kind = IR_CONST};
	switch (clang.getCursorKind(c)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_FloatingLiteral:
		return evaluate(u, c, out);
	case CXCursor_CharacterLiteral:
		if (!evaluate(u, c, out))
			return false;
		out->sub = IR_LIT_CHAR;
		return true;
	case CXCursor_StringLiteral:
		out->sub = IR_LIT_STRING;
		out->sym = string_of_literal(u, c);
		return true;
	case CXCursor_CXXBoolLiteralExpr:
		out->sub = IR_LIT_BOOL;
		out->sym = starts_with_word(u, c, "true") ? "true" : "false";
		out->sym = keep_str(u, out->sym);
		return true;
	case CXCursor_CXXNullPtrLiteralExpr:
	case CXCursor_GNUNullExpr:
		out->sub = IR_LIT_NULL;
		return true;
	case CXCursor_UnaryExpr:
	case CXCursor_SizeOfPackExpr:
		out->sub = IR_LIT_SIZE;
		return true;
	default:
		return false;
	}
}

uint32_t place_of_literal(struct unit *u, CXCursor c)
{
	CXFile file = NULL;
	unsigned line, col;
	CXSourceLocation start = clang.getRangeStart(clang.getCursorExtent(c));
	clang.getSpellingLocation(start, &file, &line, &col, NULL);
	if (!file || col > UINT16_MAX)
		return 0;
	struct ir_loc loc = {.file = file_number(u, file), .line = line, .col = (uint16_t)col};
	void **slot = map_slot(
		&u->literal_numbers, arena_printf(u->scratch, "%u:%u:%u", loc.file, loc.line, col));
	if (!*slot) {
		vec_push(u->out, &u->literals, loc);
		*slot = (void *)(uintptr_t)u->literals.nr;
	}
	return (uint32_t)(uintptr_t)*slot;
}

ir_value lower_literal(struct lower *l, CXCursor c)
{
	struct ir_op op;
	if (!literal_op(l->u, c, &op))
		return lower_unknown(l, c, "literal");
	struct place at = place_of(l->u, c);
	if (op.sub == IR_LIT_STRING && (at.flags & IR_IN_MACRO))
		op.var = place_of_literal(l->u, c);
	return emit(l, op, at, NULL, 0);
}

int literal_truth(struct unit *u, CXCursor c)
{
	struct ir_op op;
	c = unwrap(u, c);
	enum CXCursorKind kind = clang.getCursorKind(c);
	if (kind == CXCursor_UnaryOperator &&
		clang.getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot) {
		struct cursors in = operands_of(u, c);
		int truth = in.nr ? literal_truth(u, in.at[0]) : -1;
		return truth < 0 ? truth : !truth;
	}
	if (kind == CXCursor_CXXNullPtrLiteralExpr || kind == CXCursor_GNUNullExpr)
		return 0;
	if (kind != CXCursor_IntegerLiteral && kind != CXCursor_CXXBoolLiteralExpr)
		return -1;
	if (!literal_op(u, c, &op))
		return -1;
	return !(str_eq(op.sym, "0") || str_eq(op.sym, "false"));
}

static bool is_const_object(CXType t)
{
	t = clang.getCanonicalType(t);
	while (t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray) {
		if (clang.isConstQualifiedType(t))
			return true;
		t = clang.getCanonicalType(clang.getArrayElementType(t));
	}
	return clang.isConstQualifiedType(t) && !clang.isVolatileQualifiedType(t);
}

/* A string view made of a literal; the model knows the same types by the end of their names. */
static bool is_string_view(struct unit *u, CXType t)
{
	const char *name = type_name(u, t);
	return strstr(name, "string_view") != NULL && !strpbrk(name, "*[");
}

static bool constant_value(struct unit *u, CXCursor c, CXType type, struct ir_op *out, int depth)
{
	struct cursors in;
	c = unwrap(u, c);
	switch (clang.getCursorKind(c)) {
	case CXCursor_StringLiteral:
		if (!literal_op(u, c, out))
			return false;
		out->var = place_of_literal(u, c);
		return true;
	case CXCursor_CallExpr:
		if (!is_string_view(u, type))
			return false;
		/* fall through */
	case CXCursor_InitListExpr:
	case CXCursor_CXXFunctionalCastExpr:
	case CXCursor_CXXStaticCastExpr:
	case CXCursor_CStyleCastExpr:
		if (!is_string_view(u, type) && clang.getCanonicalType(type).kind != CXType_Pointer)
			return false;
		in = operands_of(u, c);
		return in.nr >= 1 && depth < 8 && constant_value(u, in.at[0], type, out, depth + 1);
	case CXCursor_DeclRefExpr:
		return depth < 8 && constant_of(u, clang.getCursorReferenced(c), out);
	default:
		return false;
	}
}

static bool find_constant(struct unit *u, CXCursor var, struct ir_op *out)
{
	CXType type = clang.getCursorType(var);
	if (clang.getCursorKind(var) != CXCursor_VarDecl || !is_const_object(type))
		return false;
	CXCursor init = clang.Cursor_getVarDeclInitializer(var);
	if (clang.Cursor_isNull(init)) {
		CXCursor defined = clang.getCursorDefinition(var);
		if (clang.Cursor_isNull(defined))
			return false;
		init = clang.Cursor_getVarDeclInitializer(defined);
		if (clang.Cursor_isNull(init))
			return false;
	}
	switch (clang.getCanonicalType(type).kind) {
	case CXType_Bool:
	case CXType_Int:
	case CXType_UInt:
	case CXType_Long:
	case CXType_ULong:
	case CXType_LongLong:
	case CXType_ULongLong:
	case CXType_Short:
	case CXType_UShort:
	case CXType_Enum:
	case CXType_Double:
		return clang.getCursorLinkage(var) != CXLinkage_NoLinkage && evaluate(u, var, out);
	default:
		return constant_value(u, init, type, out, 0);
	}
}

bool constant_of(struct unit *u, CXCursor var, struct ir_op *out)
{
	static const struct ir_op not_constant = {.kind = IR_UNKNOWN};
	const struct ir_op *known = ptr_get(&u->constants, var.data[0]);
	if (!known) {
		/* first as none, so that a constant that refers to itself ends */
		ptr_put(&u->constants, var.data[0], (void *)(uintptr_t)&not_constant);
		known = &not_constant;
		if (find_constant(u, var, out)) {
			struct ir_op *copy = arena_new(u->scratch, struct ir_op);
			*copy = *out;
			known = copy;
			ptr_put(&u->constants, var.data[0], copy);
		}
	}
	*out = *known;
	return known->kind == IR_CONST;
}
