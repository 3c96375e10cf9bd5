/* Calls: direct, methods, operators, through pointers and record fields, constructors. */
#include "frontend/lower.h"

#include "base/str.h"

#include <string.h>

static bool is_callable(enum CXCursorKind kind)
{
	return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
	       kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
	       kind == CXCursor_ConversionFunction;
}

/* The association that was selected: the one whose type is that of the whole expression. Where
 * several have it, they must be the same thing. */
CXCursor generic_choice(struct unit *u, CXCursor c)
{
	struct cursors in = operands_of(u, c);
	const char *type = type_name(u, clang.getCursorType(c));
	CXCursor chosen = clang.getNullCursor();
	for (size_t i = 1; i < in.nr; i++) {
		if (type_name(u, clang.getCursorType(in.at[i])) != type)
			continue;
		CXCursor decl = clang.getCursorReferenced(unwrap(u, in.at[i]));
		if (!clang.Cursor_isNull(chosen) &&
			!clang.equalCursors(decl, clang.getCursorReferenced(unwrap(u, chosen))))
			return clang.getNullCursor();
		chosen = in.at[i];
	}
	return chosen;
}

static CXType pointed_function(CXType t)
{
	t = clang.getCanonicalType(t);
	if (t.kind == CXType_Pointer || t.kind == CXType_LValueReference ||
		t.kind == CXType_BlockPointer)
		t = clang.getCanonicalType(clang.getPointeeType(t));
	return t;
}

static bool is_function_type(CXType t)
{
	enum CXTypeKind kind = pointed_function(t).kind;
	return kind == CXType_FunctionProto || kind == CXType_FunctionNoProto;
}

/* What is called: the expression in front of the arguments, without what does not matter. */
static CXCursor callee_expr(struct unit *u, CXCursor call)
{
	struct cursors in = operands_of(u, call);
	if (!in.nr)
		return clang.getNullCursor();
	CXCursor c = unwrap(u, in.at[0]);
	for (;;) {
		struct cursors parts = operands_of(u, c);
		enum CXCursorKind kind = clang.getCursorKind(c);
		if (kind == CXCursor_UnaryOperator && parts.nr == 1 &&
			is_function_type(clang.getCursorType(parts.at[0])) &&
			(clang.getCursorUnaryOperatorKind(c) == CXUnaryOperator_Deref ||
				clang.getCursorUnaryOperatorKind(c) == CXUnaryOperator_AddrOf)) {
			c = unwrap(u, parts.at[0]);
		} else if (kind == CXCursor_GenericSelectionExpr) {
			CXCursor chosen = generic_choice(u, c);
			if (clang.Cursor_isNull(chosen))
				return c;
			c = unwrap(u, chosen);
		} else {
			return c;
		}
	}
}

static bool is_operator(CXCursor decl)
{
	CXString name = clang.getCursorSpelling(decl);
	bool is_op = str_has_prefix(clang.getCString(name), "operator");
	clang.disposeString(name);
	return is_op;
}

static CXCursor called_decl(struct unit *u, CXCursor call)
{
	CXCursor decl = clang.getCursorReferenced(call), expr = callee_expr(u, call);
	/* of `get(1)(2)` libclang says that it calls `get` */
	bool is_twice = !clang.Cursor_isNull(expr) &&
			clang.getCursorKind(expr) == CXCursor_CallExpr &&
			clang.getCursorKind(decl) != CXCursor_Constructor && !is_operator(decl);
	if (is_callable(clang.getCursorKind(decl)))
		return is_twice ? clang.getNullCursor() : decl;
	if (clang.Cursor_isNull(expr) || clang.getCursorKind(expr) == CXCursor_CallExpr)
		return decl;
	return clang.getCursorReferenced(expr);
}

bool call_returns_ref(struct lower *l, CXCursor c)
{
	CXCursor decl = called_decl(l->u, c);
	if (is_callable(clang.getCursorKind(decl)))
		return callee_of(l->u, decl)->returns_ref;
	CXCursor expr = callee_expr(l->u, c);
	if (clang.Cursor_isNull(expr))
		return false;
	return is_reference(clang.getResultType(pointed_function(clang.getCursorType(expr))));
}

struct values {
	ir_value *at;
	size_t nr, cap;
};

/* A default argument has no place in the source. */
static bool is_default_argument(CXCursor c)
{
	return raw_begin(c) == 0;
}

static void lower_arguments(
	struct lower *l, CXCursor c, CXType type, int first, int first_type, struct values *args)
{
	int nr = clang.Cursor_getNumArguments(c), nr_types = clang.getNumArgTypes(type);
	for (int i = first; i < nr; i++) {
		CXCursor arg = clang.Cursor_getArgument(c, (unsigned)i);
		if (clang.Cursor_isNull(arg) || is_default_argument(arg))
			continue;
		int param = i - first + first_type;
		bool by_ref =
			param < nr_types && is_reference(clang.getArgType(type, (unsigned)param));
		ir_value v = by_ref ? lower_addr(l, arg) : lower_value(l, arg);
		vec_push(l->u->scratch, args, v);
	}
}

static ir_value object_address(struct lower *l, CXCursor member)
{
	struct cursors in = operands_of(l->u, member);
	if (in.nr && canonical_type(in.at[0]).kind == CXType_Pointer)
		return lower_value(l, in.at[0]);
	if (in.nr)
		return lower_addr(l, in.at[0]);
	struct place at = place_of(l->u, member);
	uint32_t this_var = find_this(l);
	if (this_var == IR_NONE)
		return lower_unknown(l, member, "call without object");
	return emit_load(l, emit_var(l, this_var, at), at);
}

static ir_value finish_call(
	struct lower *l, CXCursor c, struct ir_op op, const struct values *args, bool is_discarded)
{
	struct place at = place_of(l->u, c);
	if (is_discarded) {
		op.flags |= IR_CALL_DISCARDED;
		if (l->u->cu->is_cxx && is_record(clang.getCursorType(c)) &&
			!call_returns_ref(l, c))
			op.flags |= IR_OP_TEMPORARY;
	}
	ir_value v = emit(l, op, at, args->at, args->nr);
	if (op.flags & IR_CALL_NORETURN)
		emit_end(l, IR_UNREACHABLE, IR_NONE, at);
	return v;
}

static ir_value lower_construct(
	struct lower *l, CXCursor c, const struct callee *callee, bool is_discarded)
{
	struct ir_op op = {.kind = IR_CALL, .sym = callee->name, .link = callee->link};
	struct values args = {0};
	op.type = type_name(l->u, clang.getCursorType(c));
	if (callee->is_copy_or_move && clang.Cursor_getNumArguments(c) >= 1 && !is_discarded) {
		ir_value v = lower_value(l, clang.Cursor_getArgument(c, 0));
		op = (struct ir_op){.kind = IR_COPY, .type = op.type};
		return v == IR_NONE ? v : emit(l, op, place_of(l->u, c), &v, 1);
	}
	op.flags = callee->flags | IR_CALL_CONSTRUCT;
	lower_arguments(l, c, callee->type, 0, 0, &args);
	return finish_call(l, c, op, &args, is_discarded);
}

static ir_value lower_method(
	struct lower *l, CXCursor c, CXCursor decl, const struct callee *callee, bool is_discarded)
{
	struct ir_op op = {.kind = IR_CALL, .sym = callee->name, .link = callee->link};
	struct values args = {0};
	CXCursor expr = callee_expr(l->u, c);
	bool is_member = !clang.Cursor_isNull(expr) &&
			 clang.getCursorKind(expr) == CXCursor_MemberRefExpr &&
			 clang.equalCursors(clang.getCursorReferenced(expr), decl);
	op.type = type_name(l->u, clang.getResultType(callee->type));
	op.flags = callee->flags;
	ir_value object;
	if (is_member) {
		object = object_address(l, expr);
	} else {
		CXCursor first = clang.Cursor_getArgument(c, 0);
		if (clang.Cursor_isNull(first))
			return lower_unknown(l, c, "operator without object");
		object = lower_addr(l, first);
	}
	if (callee->is_dtor) {
		struct ir_op destroy = {.kind = IR_CALC, .sym = keep_str(l->u, "~")};
		return emit(l, destroy, place_of(l->u, c), &object, 1);
	}
	vec_push(l->u->scratch, &args, object);
	lower_arguments(l, c, callee->type, is_member ? 0 : 1, 0, &args);
	return finish_call(l, c, op, &args, is_discarded);
}

/* Through a pointer: named by the record's field where it was read from one, also from an array
 * in the record. */
static ir_value lower_indirect(struct lower *l, CXCursor c, CXCursor expr, bool is_discarded)
{
	struct unit *u = l->u;
	CXType type = pointed_function(clang.getCursorType(expr));
	struct ir_op op = {.kind = IR_CALL, .flags = IR_CALL_INDIRECT};
	struct values args = {0};
	CXCursor field = expr;
	if (clang.getCursorKind(field) == CXCursor_ArraySubscriptExpr) {
		struct cursors in = operands_of(u, field);
		if (in.nr)
			field = unwrap(u, in.at[0]);
	}
	CXCursor decl = clang.getCursorReferenced(field);
	if (clang.getCursorKind(field) == CXCursor_MemberRefExpr &&
		clang.getCursorKind(decl) == CXCursor_FieldDecl)
		op.sym = field_name(u, decl);
	lower_value(l, expr);
	op.type = type_name(u, clang.getCursorType(c));
	if (strstr(type_name(u, type), "noreturn"))
		op.flags |= IR_CALL_NORETURN;
	lower_arguments(l, c, type, 0, 0, &args);
	return finish_call(l, c, op, &args, is_discarded);
}

/* Before C++17 a value is constructed from a temporary of its own type, a construction that may be
 * left out and always is; libclang shows it as a call of nothing with one argument. */
static bool is_elided(struct unit *u, CXCursor c)
{
	if (!u->cu->is_cxx || clang.Cursor_getNumArguments(c) != 1)
		return false;
	CXCursor decl = clang.getCursorReferenced(c);
	if (clang.isDeclaration(clang.getCursorKind(decl)))
		return false;
	CXCursor arg = clang.Cursor_getArgument(c, 0);
	return is_record(clang.getCursorType(c)) &&
	       type_name(u, clang.getCursorType(arg)) == type_name(u, clang.getCursorType(c));
}

static ir_value lower_elided(struct lower *l, CXCursor c, bool is_discarded)
{
	CXCursor arg = clang.Cursor_getArgument(c, 0);
	if (is_discarded) {
		lower_effect(l, arg);
		return IR_NONE;
	}
	ir_value v = lower_value(l, arg);
	if (v == IR_NONE)
		return v;
	struct ir_op op = {.kind = IR_COPY, .type = type_name(l->u, clang.getCursorType(c))};
	return emit(l, op, place_of(l->u, c), &v, 1);
}

/* `object()->static_method()`: the object is computed and dropped. */
static void lower_unused_object(struct lower *l, CXCursor expr)
{
	if (clang.Cursor_isNull(expr) || clang.getCursorKind(expr) != CXCursor_MemberRefExpr)
		return;
	struct cursors in = operands_of(l->u, expr);
	if (in.nr)
		lower_effect(l, in.at[0]);
}

ir_value lower_call(struct lower *l, CXCursor c, bool is_discarded)
{
	CXCursor decl = called_decl(l->u, c);
	if (!is_callable(clang.getCursorKind(decl))) {
		CXCursor expr = callee_expr(l->u, c);
		if (is_elided(l->u, c))
			return lower_elided(l, c, is_discarded);
		if (clang.Cursor_isNull(expr))
			return lower_unknown(l, c, "dependent construction");
		if (!is_function_type(clang.getCursorType(expr)) &&
			clang.getCursorKind(expr) != CXCursor_BinaryOperator)
			return lower_unknown(l, c, "dependent call");
		return lower_indirect(l, c, expr, is_discarded);
	}
	const struct callee *callee = callee_of(l->u, decl);
	if (callee->is_ctor)
		return lower_construct(l, c, callee, is_discarded);
	if (callee->is_method)
		return lower_method(l, c, decl, callee, is_discarded);
	if (callee->is_expect && clang.Cursor_getNumArguments(c) >= 1)
		return lower_value(l, clang.Cursor_getArgument(c, 0));
	struct ir_op op = {.kind = IR_CALL, .sym = callee->name, .link = callee->link};
	struct values args = {0};
	op.flags = callee->flags;
	op.type = type_name(l->u, clang.getResultType(callee->type));
	lower_unused_object(l, callee_expr(l->u, c));
	lower_arguments(l, c, callee->type, 0, 0, &args);
	return finish_call(l, c, op, &args, is_discarded);
}

/* `new T[n]`: a bracket in the type, in front of any initialiser. */
static bool is_array_new(struct unit *u, CXCursor c)
{
	size_t left = 0, i = 3;
	const char *text = text_at(u, c, &left);
	if (!text || left < 4 || memcmp(text, "new", 3) != 0)
		return false;
	while (i < left && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t'))
		i++;
	if (i < left && text[i] == '(') { /* where to place it, or a type in parentheses */
		for (int depth = 0; i < left; i++) {
			depth += text[i] == '(';
			depth -= text[i] == ')';
			if (depth == 0)
				break;
		}
		i++;
	}
	for (int depth = 0; i < left && i < 200; i++) {
		depth += text[i] == '<';
		depth -= text[i] == '>';
		if (depth == 0 && text[i] == '[')
			return true;
		if (depth == 0 && strchr("({;,)]", text[i]))
			return false;
	}
	return false;
}

ir_value lower_new(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	CXType made = clang.getPointeeType(canonical_type(c));
	const char *made_name = type_name(l->u, made);
	struct ir_op op = {.kind = IR_CALL};
	op.sym = keep_str(l->u, is_array_new(l->u, c) ? "operator new[]" : "operator new");
	struct values args = {0};
	size_t nr = in.nr;
	bool has_init =
		nr && (clang.getCursorKind(in.at[nr - 1]) == CXCursor_InitListExpr ||
			      type_name(l->u, clang.getCursorType(in.at[nr - 1])) == made_name);
	if (has_init)
		nr--;
	for (size_t i = 0; i < nr; i++) {
		ir_value v = lower_value(l, in.at[i]);
		vec_push(l->u->scratch, &args, v);
	}
	op.flags = IR_CALL_SYSTEM;
	op.type = type_name(l->u, clang.getCursorType(c));
	ir_value p = emit(l, op, at, args.at, args.nr);
	if (has_init) {
		ir_value v = lower_value(l, in.at[in.nr - 1]);
		if (v != IR_NONE)
			emit_store(l, p, v, at);
	}
	return p;
}

ir_value lower_delete(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (in.nr != 1)
		return lower_unknown(l, c, "delete");
	size_t left = 0;
	const char *text = text_at(l->u, c, &left);
	const char *bracket = text ? memchr(text, '[', left < 24 ? left : 24) : NULL;
	bool is_array = bracket && !memchr(text, ';', (size_t)(bracket - text)) &&
			raw_begin(in.at[0]) > raw_begin(c) + (unsigned)(bracket - text);
	ir_value v = lower_value(l, in.at[0]);
	struct ir_op op = {.kind = IR_CALL, .type = "void"};
	op.sym = keep_str(l->u, is_array ? "operator delete[]" : "operator delete");
	op.flags = IR_CALL_SYSTEM | IR_CALL_DISCARDED;
	return emit(l, op, at, &v, 1);
}

void lower_throw(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	ir_value v = in.nr ? lower_value(l, in.at[0]) : IR_NONE;
	if (ir_builder_ended(l->b))
		return;
	scope_leave_to(l, l->handlers ? l->handlers->live : NULL, at);
	struct ir_op op = {.kind = IR_THROW, .loc = at.loc, .flags = at.flags};
	if (l->handlers)
		ir_build_end(l->b, op, v, l->handlers->edges.at, (uint32_t)l->handlers->edges.nr);
	else
		ir_build_end(l->b, op, v, NULL, 0);
}
