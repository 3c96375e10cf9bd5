/* Expressions: their values, their addresses, and what they do. */
#include "frontend/lower.h"

#include "base/str.h"

#include <string.h>

/* libclang's trees of deeply nested expressions are walked by recursion. */
#define DEEPEST 1500

static bool stays_address(CXType t)
{
	switch (clang.getCanonicalType(t).kind) {
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
	case CXType_DependentSizedArray:
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return true;
	default:
		return false;
	}
}

static ir_value load_from(struct lower *l, CXCursor c, ir_value address)
{
	if (address == IR_NONE || stays_address(clang.getCursorType(c)))
		return address;
	return emit_load(l, address, place_of(l->u, c));
}

static bool is_dependent(CXType t)
{
	t = clang.getCanonicalType(t);
	return t.kind == CXType_Dependent || t.kind == CXType_Overload;
}

ir_value materialize(struct lower *l, CXCursor c, ir_value v, bool is_extended)
{
	struct place at = place_of(l->u, c);
	CXType type = clang.getCursorType(c);
	uint32_t var = new_synthetic(l, type, "tmp", at);
	if (v != IR_NONE) {
		struct ir_op *made = ir_builder_op(l->b, v);
		while (made->kind == IR_COPY && made->args[0] != IR_NONE) /* elided */
			made = ir_builder_op(l->b, made->args[0]);
		if (!is_extended && is_record(type) && made->kind == IR_CALL)
			made->flags |= IR_OP_TEMPORARY;
		emit_store(l, emit_var(l, var, at), v, at);
	}
	if (is_extended && has_destructor(l->u, type)) {
		ir_builder_var(l->b, var)->flags |= IR_VAR_DTOR;
		scope_add(l, var);
	}
	return emit_var(l, var, at);
}

static ir_value lower_enumerator(struct lower *l, CXCursor c, CXCursor constant)
{
	struct ir_op op = {.kind = IR_CONST, .sub = IR_LIT_ENUM};
	op.sym = keep_str(l->u,
		arena_printf(l->u->scratch, "%lld", clang.getEnumConstantDeclValue(constant)));
	op.link = qualified_name(l->u, constant);
	return emit(l, op, place_of(l->u, c), NULL, 0);
}

static bool is_function(enum CXCursorKind kind)
{
	return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
	       kind == CXCursor_FunctionTemplate || kind == CXCursor_Constructor ||
	       kind == CXCursor_ConversionFunction || kind == CXCursor_Destructor;
}

static ir_value lower_global(struct lower *l, CXCursor c, CXCursor decl)
{
	struct place at = place_of(l->u, c);
	struct ir_op op = {.kind = IR_GLOBAL};
	if (is_function(clang.getCursorKind(decl))) {
		const struct callee *callee = callee_of(l->u, decl);
		op.sym = callee->name;
		op.link = callee->link;
	} else {
		op.sym = qualified_name(l->u, decl);
		op.link = link_name(l->u, decl);
		op.type = type_name(l->u, clang.getCursorType(decl));
	}
	ir_value initial = lower_initial(l, decl, at);
	ir_value v = emit(l, op, at, &initial, initial != IR_NONE);
	return is_reference(clang.getCursorType(decl)) ? emit_load(l, v, at) : v;
}

/* A variable of this function that was never declared to us: libclang hides the initialiser of
 * `switch (init; x)` and of C++20's range-for. */
static bool is_hidden_local(CXCursor decl)
{
	enum CXCursorKind kind = clang.getCursorKind(decl);
	if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl)
		return false;
	return clang.getCursorLinkage(decl) == CXLinkage_NoLinkage &&
	       clang.Cursor_getStorageClass(decl) != CX_SC_Extern;
}

static ir_value addr_of_decl(struct lower *l, CXCursor c, CXCursor decl)
{
	struct place at = place_of(l->u, c);
	uint32_t var = find_var(l, decl.data[0]);
	if (var == IR_NONE && is_hidden_local(decl)) {
		var = declare_var(l, decl, 0);
		if (ir_builder_var(l->b, var)->name[0]) /* else an anonymous union */
			mark_incomplete(l, "hidden declaration", at);
	}
	if (var != IR_NONE) {
		ir_value v = emit_var(l, var, at);
		bool is_ref = ir_builder_var(l->b, var)->flags & IR_VAR_REFERENCE;
		return is_ref ? emit_load(l, v, at) : v;
	}
	enum CXCursorKind kind = clang.getCursorKind(decl);
	if (is_function(kind) || kind == CXCursor_VarDecl || kind == CXCursor_FieldDecl)
		return lower_global(l, c, decl);
	return lower_unknown(l, c,
		kind == CXCursor_NonTypeTemplateParameter ? "template parameter"
							  : "dependent name");
}

static ir_value value_of_ref(struct lower *l, CXCursor c)
{
	CXCursor decl = clang.getCursorReferenced(c);
	struct ir_op constant;
	enum CXCursorKind kind = clang.getCursorKind(decl);
	if (kind == CXCursor_EnumConstantDecl)
		return lower_enumerator(l, c, decl);
	if (kind == CXCursor_VarDecl && constant_of(l->u, decl, &constant))
		return emit(l, constant, place_of(l->u, c), NULL, 0);
	if (kind == CXCursor_NonTypeTemplateParameter) {
		struct ir_op op = {.kind = IR_CALC, .sym = keep_str(l->u, "template parameter")};
		return emit(l, op, place_of(l->u, c), NULL, 0);
	}
	ir_value address = addr_of_decl(l, c, decl);
	return is_function(kind) ? address : load_from(l, c, address);
}

/* The record's address that a member is taken of; `this` where none is written. */
static ir_value record_address(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (!in.nr) {
		uint32_t this_var = find_this(l);
		if (this_var == IR_NONE)
			return lower_unknown(l, c, "member without object");
		return emit_load(l, emit_var(l, this_var, at), at);
	}
	if (canonical_type(in.at[0]).kind == CXType_Pointer)
		return lower_value(l, in.at[0]);
	return lower_addr(l, in.at[0]);
}

static ir_value addr_of_member(struct lower *l, CXCursor c)
{
	CXCursor decl = clang.getCursorReferenced(c);
	enum CXCursorKind kind = clang.getCursorKind(decl);
	if (kind == CXCursor_VarDecl || is_function(kind))
		return lower_global(l, c, decl);
	if (kind != CXCursor_FieldDecl)
		return lower_unknown(l, c, "dependent member");
	ir_value base = record_address(l, c);
	CXString name = clang.getCursorSpelling(decl);
	const char *text = clang.getCString(name);
	bool is_anonymous = !text || !*text || strchr(text, '(');
	clang.disposeString(name);
	if (is_anonymous)
		return base;
	struct place at = place_of(l->u, c);
	struct ir_op op = {.kind = IR_FIELD, .sym = field_name(l->u, decl)};
	op.type = type_name(l->u, clang.getCursorType(decl));
	ir_value v = emit(l, op, at, &base, 1);
	return is_reference(clang.getCursorType(decl)) ? emit_load(l, v, at) : v;
}

static ir_value value_of_member(struct lower *l, CXCursor c)
{
	CXCursor decl = clang.getCursorReferenced(c);
	struct ir_op constant;
	enum CXCursorKind kind = clang.getCursorKind(decl);
	if (kind == CXCursor_EnumConstantDecl)
		return lower_enumerator(l, c, decl);
	if (kind == CXCursor_VarDecl && constant_of(l->u, decl, &constant))
		return emit(l, constant, place_of(l->u, c), NULL, 0);
	return load_from(l, c, addr_of_member(l, c));
}

static ir_value addr_of_element(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	if (in.nr != 2)
		return lower_unknown(l, c, "subscript");
	enum CXTypeKind kind = canonical_type(in.at[0]).kind;
	bool is_swapped = kind != CXType_Pointer && !stays_address(clang.getCursorType(in.at[0])) &&
			  canonical_type(in.at[1]).kind == CXType_Pointer;
	ir_value a = lower_value(l, in.at[0]), b = lower_value(l, in.at[1]);
	ir_value args[2] = {is_swapped ? b : a, is_swapped ? a : b};
	struct ir_op op = {.kind = IR_INDEX, .type = type_name(l->u, clang.getCursorType(c))};
	return emit(l, op, place_of(l->u, c), args, 2);
}

static bool is_null_constant(struct unit *u, CXCursor c)
{
	c = unwrap(u, c);
	return clang.getCursorKind(c) == CXCursor_IntegerLiteral && literal_truth(u, c) == 0;
}

static ir_value lower_null(struct lower *l, CXCursor c)
{
	return emit(l, (struct ir_op){.kind = IR_CONST, .sub = IR_LIT_NULL}, place_of(l->u, c),
		NULL, 0);
}

static ir_value lower_nothing(struct lower *l, CXCursor c)
{
	struct ir_op op = {.kind = IR_INIT, .type = type_name(l->u, clang.getCursorType(c))};
	return emit(l, op, place_of(l->u, c), NULL, 0);
}

static ir_value value_of_cast(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	CXType type = canonical_type(c);
	if (!in.nr)
		return lower_nothing(l, c);
	CXCursor operand = in.at[in.nr - 1];
	if (type.kind == CXType_Void) {
		lower_effect(l, operand);
		return IR_NONE;
	}
	if (type.kind == CXType_Pointer && is_null_constant(l->u, operand))
		return lower_null(l, c);
	ir_value v = lower_value(l, operand);
	if (v == IR_NONE || type.kind == CXType_Record)
		return v;
	struct ir_op op = {.kind = IR_COPY, .type = type_name(l->u, type)};
	return emit(l, op, place_of(l->u, c), &v, 1);
}

/* The identifier an expression begins with where it is spelled. */
static const char *first_word(struct unit *u, CXCursor c)
{
	size_t left = 0, n = 0;
	const char *text = text_at(u, c, &left);
	while (text && n < left && n < 64 &&
		(text[n] == '_' || (text[n] >= 'a' && text[n] <= 'z') ||
			(text[n] >= 'A' && text[n] <= 'Z') || (text[n] >= '0' && text[n] <= '9')))
		n++;
	return text ? keep_str(u, arena_strndup(u->scratch, text, n)) : "";
}

/* The operand comes first; then everything the compiler makes of it, with the operand again. */
static ir_value value_of_await(
	struct lower *l, CXCursor c, const char *word, const struct cursors *in)
{
	struct place at = place_of(l->u, c);
	ir_value v = in->nr ? lower_value(l, in->at[0]) : IR_NONE;
	mark_incomplete(l, word, at);
	return emit(
		l, (struct ir_op){.kind = IR_UNKNOWN, .sym = word}, at, &v, v == IR_NONE ? 0 : 1);
}

/* Compiler operators with arguments that libclang does not name: va_arg, bit casts, atomics. */
static ir_value lower_intrinsic(struct lower *l, CXCursor c, const struct cursors *in)
{
	const char *word = first_word(l->u, c);
	if (is_dependent(clang.getCursorType(c)))
		return lower_unknown(l, c, "dependent expression");
	if (str_has_prefix(word, "co_"))
		return value_of_await(l, c, word, in);
	if (str_eq(word, "__builtin_offsetof") || str_eq(word, "noexcept") ||
		str_eq(word, "sizeof") || str_eq(word, "requires"))
		return emit(l, (struct ir_op){.kind = IR_CONST, .sub = IR_LIT_SIZE},
			place_of(l->u, c), NULL, 0);
	if (str_eq(word, "__builtin_choose_expr") && in->nr == 3) {
		int truth = literal_truth(l->u, in->at[0]);
		if (truth >= 0)
			return lower_value(l, in->at[truth ? 1 : 2]);
	}
	/* an initialiser in parentheses, or `a != b` rewritten as `!(a == b)` */
	if (in->nr == 1 && !str_has_prefix(word, "__"))
		return lower_value(l, in->at[0]);
	VEC(ir_value) args = {0};
	for (size_t i = 0; i < in->nr; i++) {
		ir_value v = lower_value(l, in->at[i]);
		if (v != IR_NONE)
			vec_push(l->u->scratch, &args, v);
	}
	struct ir_op op = {.kind = IR_CALC, .sym = word};
	if (str_has_prefix(word, "__atomic_") || str_has_prefix(word, "__c11_") ||
		str_has_prefix(word, "__opencl_")) {
		op.kind = IR_CALL;
		op.flags = IR_CALL_BUILTIN;
		op.type = type_name(l->u, clang.getCursorType(c));
	}
	return emit(l, op, place_of(l->u, c), args.at, args.nr);
}

static ir_value value_of_unexposed(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	if (in.nr == 0) {
		if (is_dependent(clang.getCursorType(c)))
			return lower_unknown(l, c, "dependent expression");
		const char *word = first_word(l->u, c);
		if (str_eq(word, "__builtin_offsetof"))
			return lower_intrinsic(l, c, &in);
		return lower_nothing(l, c);
	}
	if (in.nr == 1 && raw_begin(in.at[0]) == raw_begin(c)) {
		if (canonical_type(c).kind == CXType_Pointer && is_null_constant(l->u, in.at[0]))
			return lower_null(l, c);
		return lower_value(l, in.at[0]);
	}
	if (in.nr == 4 && raw_begin(in.at[0]) == raw_begin(in.at[1]) &&
		raw_begin(in.at[1]) == raw_begin(in.at[2]))
		return lower_elvis(l, c, &in);
	return lower_intrinsic(l, c, &in);
}

static ir_value value_of_generic(struct lower *l, CXCursor c, bool want_addr)
{
	CXCursor chosen = generic_choice(l->u, c);
	if (clang.Cursor_isNull(chosen))
		return lower_unknown(l, c, "_Generic");
	return want_addr ? lower_addr(l, chosen) : lower_value(l, chosen);
}

static ir_value value_of_this(struct lower *l, CXCursor c)
{
	struct place at = place_of(l->u, c);
	uint32_t this_var = find_this(l);
	if (this_var == IR_NONE)
		return lower_unknown(l, c, "this");
	return emit_load(l, emit_var(l, this_var, at), at);
}

/* What has parts of its own: lists, closures, statements, allocation. */
static ir_value lower_larger(struct lower *l, CXCursor c)
{
	struct cursors in;
	switch (clang.getCursorKind(c)) {
	case CXCursor_InitListExpr:
		return lower_init_list(l, c);
	case CXCursor_CompoundLiteralExpr:
		in = operands_of(l->u, c);
		return in.nr ? lower_value(l, in.at[in.nr - 1]) : lower_nothing(l, c);
	case CXCursor_StmtExpr:
		return lower_stmt_expr(l, c, true);
	case CXCursor_GenericSelectionExpr:
		return value_of_generic(l, c, false);
	case CXCursor_LambdaExpr:
		return lower_lambda(l, c);
	case CXCursor_CXXThisExpr:
		return value_of_this(l, c);
	case CXCursor_CXXNewExpr:
		return lower_new(l, c);
	case CXCursor_CXXDeleteExpr:
		return lower_delete(l, c);
	case CXCursor_CXXThrowExpr:
		lower_throw(l, c);
		return IR_NONE;
	case CXCursor_CXXTypeidExpr:
		return emit(l, (struct ir_op){.kind = IR_CALC, .sym = "typeid"}, place_of(l->u, c),
			NULL, 0);
	case CXCursor_AddrLabelExpr:
		return emit(l, (struct ir_op){.kind = IR_GLOBAL, .sym = "&&label"},
			place_of(l->u, c), NULL, 0);
	case CXCursor_RequiresExpr:
	case CXCursor_ConceptSpecializationExpr:
		return emit(l, (struct ir_op){.kind = IR_CALC, .sym = "requires"},
			place_of(l->u, c), NULL, 0);
	case CXCursor_PackExpansionExpr:
		return lower_unknown(l, c, "pack expansion");
	default:
		return lower_unknown(l, c, "expression");
	}
}

static ir_value lower_value_of(struct lower *l, CXCursor c)
{
	struct cursors in;
	ir_value v;
	switch (clang.getCursorKind(c)) {
	case CXCursor_ParenExpr:
		in = operands_of(l->u, c);
		return in.nr ? lower_value(l, in.at[0]) : lower_nothing(l, c);
	case CXCursor_UnexposedExpr:
		return value_of_unexposed(l, c);
	case CXCursor_DeclRefExpr:
		return value_of_ref(l, c);
	case CXCursor_MemberRefExpr:
		return value_of_member(l, c);
	case CXCursor_ArraySubscriptExpr:
		return load_from(l, c, addr_of_element(l, c));
	case CXCursor_CallExpr:
		v = lower_call(l, c, false);
		return call_returns_ref(l, c) ? load_from(l, c, v) : v;
	case CXCursor_IntegerLiteral:
	case CXCursor_FloatingLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_CXXBoolLiteralExpr:
	case CXCursor_CXXNullPtrLiteralExpr:
	case CXCursor_GNUNullExpr:
	case CXCursor_UnaryExpr:
	case CXCursor_SizeOfPackExpr:
		return lower_literal(l, c);
	case CXCursor_UnaryOperator:
		return lower_unary(l, c);
	case CXCursor_BinaryOperator:
		return lower_binary(l, c);
	case CXCursor_CompoundAssignOperator:
		return lower_assign(l, c, false);
	case CXCursor_ConditionalOperator:
		return lower_conditional(l, c, false);
	case CXCursor_CStyleCastExpr:
	case CXCursor_CXXStaticCastExpr:
	case CXCursor_CXXDynamicCastExpr:
	case CXCursor_CXXReinterpretCastExpr:
	case CXCursor_CXXConstCastExpr:
	case CXCursor_CXXFunctionalCastExpr:
		return value_of_cast(l, c);
	default:
		return lower_larger(l, c);
	}
}

ir_value lower_value(struct lower *l, CXCursor c)
{
	if (l->depth >= DEEPEST) {
		struct place at = place_of(l->u, c);
		mark_incomplete(l, "expression nested too deeply", at);
		return emit(l, (struct ir_op){.kind = IR_UNKNOWN, .sym = "too deep"}, at, NULL, 0);
	}
	l->depth++;
	ir_value v = lower_value_of(l, c);
	l->depth--;
	return v;
}

static ir_value address(struct lower *l, CXCursor c, bool is_extended);

static ir_value address_of_cast(struct lower *l, CXCursor c, bool is_extended)
{
	struct cursors in = operands_of(l->u, c);
	enum CXCursorKind kind = clang.getCursorKind(c);
	bool is_implicit = kind == CXCursor_ParenExpr || kind == CXCursor_UnexposedExpr;
	if (in.nr == 1 &&
		(!is_implicit || kind == CXCursor_ParenExpr || raw_begin(in.at[0]) == raw_begin(c)))
		return address(l, in.at[0], is_extended);
	if (!is_implicit && in.nr)
		return address(l, in.at[in.nr - 1], is_extended);
	if (is_implicit && stays_address(clang.getCursorType(c)))
		return lower_value(l, c);
	return materialize(l, c, lower_value(l, c), is_extended);
}

static ir_value address(struct lower *l, CXCursor c, bool is_extended)
{
	CXCursor decl;
	ir_value v;
	switch (clang.getCursorKind(c)) {
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_CXXStaticCastExpr:
	case CXCursor_CXXDynamicCastExpr:
	case CXCursor_CXXReinterpretCastExpr:
	case CXCursor_CXXConstCastExpr:
	case CXCursor_CXXFunctionalCastExpr:
		return address_of_cast(l, c, is_extended);
	case CXCursor_DeclRefExpr:
		decl = clang.getCursorReferenced(c);
		if (clang.getCursorKind(decl) == CXCursor_EnumConstantDecl)
			break;
		if (clang.getCursorKind(decl) == CXCursor_VarDecl &&
			find_var(l, decl.data[0]) == IR_NONE) {
			struct ir_op constant;
			if (constant_of(l->u, decl, &constant) && constant.sub == IR_LIT_STRING)
				break;
		}
		return addr_of_decl(l, c, decl);
	case CXCursor_MemberRefExpr:
		return addr_of_member(l, c);
	case CXCursor_ArraySubscriptExpr:
		return addr_of_element(l, c);
	case CXCursor_StringLiteral:
		return lower_value(l, c);
	case CXCursor_UnaryOperator:
		return lower_unary_addr(l, c);
	case CXCursor_BinaryOperator:
		if (clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_Assign ||
			clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma ||
			clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_PtrMemD ||
			clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_PtrMemI)
			return lower_assign(l, c, true);
		break;
	case CXCursor_CompoundAssignOperator:
		return lower_assign(l, c, true);
	case CXCursor_ConditionalOperator:
		if (is_record(clang.getCursorType(c)) || !l->u->cu->is_cxx)
			return lower_conditional(l, c, true);
		break;
	case CXCursor_GenericSelectionExpr:
		return value_of_generic(l, c, true);
	case CXCursor_CallExpr:
		v = lower_call(l, c, false);
		if (call_returns_ref(l, c))
			return v;
		return materialize(l, c, v, is_extended);
	default:
		break;
	}
	v = lower_value(l, c);
	return v == IR_NONE ? v : materialize(l, c, v, is_extended);
}

ir_value lower_addr(struct lower *l, CXCursor c)
{
	return address(l, c, false);
}

ir_value lower_bound(struct lower *l, CXCursor c)
{
	return address(l, c, true);
}

ir_value lower_init(struct lower *l, CXCursor c, CXType type)
{
	return is_reference(type) ? lower_bound(l, c) : lower_value(l, c);
}

static CXCursor strip_discard(struct unit *u, CXCursor c)
{
	for (;;) {
		c = unwrap(u, c);
		enum CXCursorKind kind = clang.getCursorKind(c);
		if (kind != CXCursor_CStyleCastExpr && kind != CXCursor_CXXStaticCastExpr &&
			kind != CXCursor_CXXFunctionalCastExpr)
			return c;
		struct cursors in = operands_of(u, c);
		if (!in.nr)
			return c;
		c = in.at[in.nr - 1];
	}
}

void lower_effect(struct lower *l, CXCursor c)
{
	c = strip_discard(l->u, c);
	uint32_t join;
	struct cursors in;
	switch (clang.getCursorKind(c)) {
	case CXCursor_CallExpr:
		lower_call(l, c, true);
		break;
	case CXCursor_DeclRefExpr: /* `(void)x` */
		break;
	case CXCursor_StmtExpr:
		lower_stmt_expr(l, c, false);
		break;
	case CXCursor_BinaryOperator:
		in = operands_of(l->u, c);
		switch (clang.getCursorBinaryOperatorKind(c)) {
		case CXBinaryOperator_Comma:
			for (size_t i = 0; i < in.nr; i++)
				lower_effect(l, in.at[i]);
			break;
		case CXBinaryOperator_LAnd:
		case CXBinaryOperator_LOr:
			if (in.nr == 2) {
				bool is_and = clang.getCursorBinaryOperatorKind(c) ==
					      CXBinaryOperator_LAnd;
				uint32_t rest = new_block(l);
				join = new_block(l);
				lower_cond(l, in.at[0], is_and ? rest : join, is_and ? join : rest);
				ir_build_at(l->b, rest);
				lower_effect(l, in.at[1]);
				emit_jump(l, join, place_of(l->u, c));
				ir_build_at(l->b, join);
			}
			break;
		default:
			lower_value(l, c);
		}
		break;
	default:
		lower_value(l, c);
	}
}
