/* Operators: unary, binary, logical, conditional, assignment, and initialiser lists. */
#include "frontend/lower.h"

#include "base/str.h"

static ir_value emit_int(struct lower *l, const char *text, struct place at)
{
	struct ir_op op = {.kind = IR_CONST, .sub = IR_LIT_INT, .sym = keep_str(l->u, text)};
	return emit(l, op, at, NULL, 0);
}

static ir_value emit_calc(
	struct lower *l, const char *sym, struct place at, const ir_value *args, size_t nr)
{
	return emit(l, (struct ir_op){.kind = IR_CALC, .sym = keep_str(l->u, sym)}, at, args, nr);
}

static ir_value step(struct lower *l, CXCursor c, CXCursor operand, enum CXUnaryOperatorKind kind,
	bool want_addr)
{
	struct place at = place_of(l->u, c);
	bool is_inc = kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PreInc;
	bool is_post = kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PostDec;
	ir_value address = lower_addr(l, operand);
	ir_value args[2] = {emit_load(l, address, at), emit_int(l, "1", at)};
	ir_value v = emit_calc(l, is_inc ? "+" : "-", at, args, 2);
	emit_store(l, address, v, at);
	if (want_addr)
		return address;
	return is_post ? args[0] : v;
}

/* `-1` as one constant: return codes are compared with it. */
static ir_value lower_minus(struct lower *l, CXCursor c, CXCursor operand)
{
	struct place at = place_of(l->u, c);
	ir_value v = lower_value(l, operand);
	if (v != IR_NONE) {
		struct ir_op *op = ir_builder_op(l->b, v);
		if (op->kind == IR_CONST && (op->sub == IR_LIT_INT || op->sub == IR_LIT_FLOAT) &&
			op->sym[0] != '-') {
			op->sym = keep_str(l->u, arena_printf(l->u->scratch, "-%s", op->sym));
			op->loc = at.loc;
			return v;
		}
	}
	return emit_calc(l, "-", at, &v, 1);
}

static bool is_address_type(CXType t)
{
	switch (clang.getCanonicalType(t).kind) {
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return true;
	default:
		return false;
	}
}

ir_value lower_unary(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (in.nr != 1)
		return lower_unknown(l, c, "unary operator");
	ir_value v;
	enum CXUnaryOperatorKind kind = clang.getCursorUnaryOperatorKind(c);
	switch (kind) {
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
		return step(l, c, in.at[0], kind, false);
	case CXUnaryOperator_AddrOf:
		return lower_addr(l, in.at[0]);
	case CXUnaryOperator_Deref:
		v = lower_value(l, in.at[0]);
		return is_address_type(clang.getCursorType(c)) ? v : emit_load(l, v, at);
	case CXUnaryOperator_Plus:
	case CXUnaryOperator_Extension:
		return lower_value(l, in.at[0]);
	case CXUnaryOperator_Minus:
		return lower_minus(l, c, in.at[0]);
	case CXUnaryOperator_LNot:
		v = lower_value(l, in.at[0]);
		return emit(l, (struct ir_op){.kind = IR_COMPARE, .sym = keep_str(l->u, "!")}, at,
			&v, 1);
	case CXUnaryOperator_Not:
		v = lower_value(l, in.at[0]);
		return emit_calc(l, "~", at, &v, 1);
	case CXUnaryOperator_Real:
	case CXUnaryOperator_Imag:
		v = lower_value(l, in.at[0]);
		return emit_calc(l, "complex", at, &v, 1);
	default:
		return lower_unknown(
			l, c, kind == CXUnaryOperator_Coawait ? "co_await" : "unary operator");
	}
}

ir_value lower_unary_addr(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	enum CXUnaryOperatorKind kind = clang.getCursorUnaryOperatorKind(c);
	if (in.nr == 1 && kind == CXUnaryOperator_Deref)
		return lower_value(l, in.at[0]);
	if (in.nr == 1 && (kind == CXUnaryOperator_Extension || kind == CXUnaryOperator_Real ||
				  kind == CXUnaryOperator_Imag))
		return lower_addr(l, in.at[0]);
	if (in.nr == 1 && (kind == CXUnaryOperator_PreInc || kind == CXUnaryOperator_PreDec))
		return step(l, c, in.at[0], kind, true);
	return materialize(l, c, lower_value(l, c), false);
}

static const char *compare_sign(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_EQ:
		return "==";
	case CXBinaryOperator_NE:
		return "!=";
	case CXBinaryOperator_LT:
		return "<";
	case CXBinaryOperator_LE:
		return "<=";
	case CXBinaryOperator_GT:
		return ">";
	case CXBinaryOperator_GE:
		return ">=";
	default:
		return NULL;
	}
}

static const char *calc_sign(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_Mul:
	case CXBinaryOperator_MulAssign:
		return "*";
	case CXBinaryOperator_Div:
	case CXBinaryOperator_DivAssign:
		return "/";
	case CXBinaryOperator_Rem:
	case CXBinaryOperator_RemAssign:
		return "%";
	case CXBinaryOperator_Add:
	case CXBinaryOperator_AddAssign:
		return "+";
	case CXBinaryOperator_Sub:
	case CXBinaryOperator_SubAssign:
		return "-";
	case CXBinaryOperator_Shl:
	case CXBinaryOperator_ShlAssign:
		return "<<";
	case CXBinaryOperator_Shr:
	case CXBinaryOperator_ShrAssign:
		return ">>";
	case CXBinaryOperator_And:
	case CXBinaryOperator_AndAssign:
		return "&";
	case CXBinaryOperator_Xor:
	case CXBinaryOperator_XorAssign:
		return "^";
	case CXBinaryOperator_Or:
	case CXBinaryOperator_OrAssign:
		return "|";
	case CXBinaryOperator_Cmp:
		return "<=>";
	default:
		return NULL;
	}
}

/* `a && b` where its value is wanted: C merges two values, so a variable holds it. */
static ir_value lower_logical(struct lower *l, CXCursor c)
{
	struct place at = place_of(l->u, c);
	uint32_t yes = new_block(l), no = new_block(l), join = new_block(l);
	uint32_t var = new_synthetic(l, clang.getCursorType(c), "logical", at);
	lower_cond(l, c, yes, no);
	ir_build_at(l->b, yes);
	emit_store(l, emit_var(l, var, at), emit_int(l, "1", at), at);
	emit_jump(l, join, at);
	ir_build_at(l->b, no);
	emit_store(l, emit_var(l, var, at), emit_int(l, "0", at), at);
	emit_jump(l, join, at);
	ir_build_at(l->b, join);
	return emit_load(l, emit_var(l, var, at), at);
}

static ir_value member_pointer(struct lower *l, CXCursor c, const struct cursors *in)
{
	bool is_arrow = clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_PtrMemI;
	ir_value args[2];
	args[0] = is_arrow ? lower_value(l, in->at[0]) : lower_addr(l, in->at[0]);
	args[1] = lower_value(l, in->at[1]);
	return emit(l, (struct ir_op){.kind = IR_INDEX}, place_of(l->u, c), args, 2);
}

ir_value lower_binary(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	enum CXBinaryOperatorKind kind = clang.getCursorBinaryOperatorKind(c);
	if (in.nr != 2)
		return lower_unknown(l, c, "binary operator");
	switch (kind) {
	case CXBinaryOperator_Assign:
		return lower_assign(l, c, false);
	case CXBinaryOperator_Comma:
		lower_effect(l, in.at[0]);
		return lower_value(l, in.at[1]);
	case CXBinaryOperator_LAnd:
	case CXBinaryOperator_LOr:
		return lower_logical(l, c);
	case CXBinaryOperator_PtrMemD:
	case CXBinaryOperator_PtrMemI:
		return emit_load(l, member_pointer(l, c, &in), at);
	default:
		break;
	}
	ir_value args[2];
	args[0] = lower_value(l, in.at[0]);
	args[1] = lower_value(l, in.at[1]);
	const char *sign = compare_sign(kind);
	if (sign) {
		struct ir_op op = {.kind = IR_COMPARE, .sym = keep_str(l->u, sign)};
		return emit(l, op, at, args, 2);
	}
	sign = calc_sign(kind);
	if (!sign)
		return lower_unknown(l, c, "binary operator");
	struct ir_op op = {.kind = IR_CALC, .sym = keep_str(l->u, sign)};
	op.type = type_name(l->u, clang.getCursorType(c));
	return emit(l, op, at, args, 2);
}

/* Whatever has an address and an operator: `=`, `op=`, the comma, pointers to members. */
ir_value lower_assign(struct lower *l, CXCursor c, bool want_addr)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	enum CXBinaryOperatorKind kind = clang.getCursorBinaryOperatorKind(c);
	if (in.nr != 2)
		return lower_unknown(l, c, "assignment");
	if (kind == CXBinaryOperator_Comma) {
		lower_effect(l, in.at[0]);
		return lower_addr(l, in.at[1]);
	}
	if (kind == CXBinaryOperator_PtrMemD || kind == CXBinaryOperator_PtrMemI)
		return member_pointer(l, c, &in);
	ir_value v = lower_value(l, in.at[1]);
	ir_value address = lower_addr(l, in.at[0]);
	const char *sign = calc_sign(kind);
	if (kind != CXBinaryOperator_Assign && sign) {
		ir_value args[2] = {emit_load(l, address, at), v};
		v = emit_calc(l, sign, at, args, 2);
	}
	emit_store(l, address, v, at);
	return want_addr ? address : v;
}

static void store_arm(struct lower *l, CXCursor arm, uint32_t var, bool want_addr, bool is_void)
{
	struct place at = place_of(l->u, arm);
	if (is_void) {
		lower_effect(l, arm);
		return;
	}
	ir_value v = want_addr ? lower_addr(l, arm) : lower_value(l, arm);
	if (v != IR_NONE && !ir_builder_ended(l->b))
		emit_store(l, emit_var(l, var, at), v, at);
}

ir_value lower_conditional(struct lower *l, CXCursor c, bool want_addr)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (in.nr != 3)
		return lower_unknown(l, c, "conditional operator");
	bool is_void = canonical_type(c).kind == CXType_Void;
	int truth = literal_truth(l->u, in.at[0]);
	if (truth >= 0 && !is_void) {
		CXCursor arm = in.at[truth ? 1 : 2];
		return want_addr ? lower_addr(l, arm) : lower_value(l, arm);
	}
	uint32_t yes = new_block(l), no = new_block(l), join = new_block(l), var = IR_NONE;
	if (!is_void)
		var = new_synthetic(l, clang.getCursorType(c), "choice", at);
	lower_cond(l, in.at[0], yes, no);
	ir_build_at(l->b, yes);
	store_arm(l, in.at[1], var, want_addr, is_void);
	emit_jump(l, join, at);
	ir_build_at(l->b, no);
	store_arm(l, in.at[2], var, want_addr, is_void);
	emit_jump(l, join, at);
	ir_build_at(l->b, join);
	return is_void ? IR_NONE : emit_load(l, emit_var(l, var, at), at);
}

/* GNU `a ?: b`; libclang shows a three times, then b. */
ir_value lower_elvis(struct lower *l, CXCursor c, const struct cursors *parts)
{
	struct place at = place_of(l->u, c);
	uint32_t other = new_block(l), join = new_block(l);
	uint32_t var = new_synthetic(l, clang.getCursorType(c), "choice", at);
	ir_value v = lower_value(l, parts->at[0]);
	emit_store(l, emit_var(l, var, at), v, at);
	emit_branch(l, v, join, other, at);
	ir_build_at(l->b, other);
	v = lower_value(l, parts->at[3]);
	if (v != IR_NONE && !ir_builder_ended(l->b))
		emit_store(l, emit_var(l, var, at), v, at);
	emit_jump(l, join, at);
	ir_build_at(l->b, join);
	return emit_load(l, emit_var(l, var, at), at);
}

/* `__builtin_expect(x, 1)` and its like, which `likely` is made of, in front of a condition. */
static bool see_through_expect(struct unit *u, CXCursor c, CXCursor *out)
{
	if (clang.getCursorKind(c) != CXCursor_CallExpr)
		return false;
	CXCursor decl = clang.getCursorReferenced(c);
	if (clang.getCursorKind(decl) != CXCursor_FunctionDecl || !callee_of(u, decl)->is_expect ||
		clang.Cursor_getNumArguments(c) < 1)
		return false;
	*out = clang.Cursor_getArgument(c, 0);
	return true;
}

static void lower_cond_binary(
	struct lower *l, CXCursor c, uint32_t if_true, uint32_t if_false, bool is_and)
{
	struct cursors in = operands_of(l->u, c);
	uint32_t rest = new_block(l);
	if (is_and)
		lower_cond(l, in.at[0], rest, if_false);
	else
		lower_cond(l, in.at[0], if_true, rest);
	ir_build_at(l->b, rest);
	lower_cond(l, in.at[1], if_true, if_false);
}

void lower_cond(struct lower *l, CXCursor c, uint32_t if_true, uint32_t if_false)
{
	CXCursor inner = unwrap(l->u, c);
	struct place at = place_of(l->u, inner);
	int truth = literal_truth(l->u, inner);
	if (truth >= 0) {
		emit_jump(l, truth ? if_true : if_false, at);
		return;
	}
	while (see_through_expect(l->u, inner, &inner))
		inner = unwrap(l->u, inner);
	enum CXCursorKind kind = clang.getCursorKind(inner);
	struct cursors in = operands_of(l->u, inner);
	if (kind == CXCursor_UnaryOperator && in.nr == 1 &&
		clang.getCursorUnaryOperatorKind(inner) == CXUnaryOperator_LNot) {
		lower_cond(l, in.at[0], if_false, if_true);
		return;
	}
	if (kind == CXCursor_BinaryOperator && in.nr == 2) {
		switch (clang.getCursorBinaryOperatorKind(inner)) {
		case CXBinaryOperator_LAnd:
			lower_cond_binary(l, inner, if_true, if_false, true);
			return;
		case CXBinaryOperator_LOr:
			lower_cond_binary(l, inner, if_true, if_false, false);
			return;
		case CXBinaryOperator_Comma:
			lower_effect(l, in.at[0]);
			lower_cond(l, in.at[1], if_true, if_false);
			return;
		default:
			break;
		}
	}
	ir_value v = lower_value(l, inner);
	emit_branch(l, v, if_true, if_false, at);
}

/* `.a.b = x` as "a.b", `[i] = x` as "[]", else "". */
static CXCursor designated(struct unit *u, CXCursor c, const char **name)
{
	*name = "";
	if (clang.getCursorKind(c) != CXCursor_UnexposedExpr)
		return c;
	struct cursors in = children_of(u, c);
	bool has_member = false;
	struct strbuf text;
	strbuf_init(&text, u->scratch);
	for (size_t i = 0; i + 1 < in.nr; i++) {
		if (clang.getCursorKind(in.at[i]) != CXCursor_MemberRef)
			continue;
		has_member = true;
		const char *part = keep(u, clang.getCursorSpelling(in.at[i]));
		if (text.len && part[0])
			strbuf_addc(&text, '.');
		strbuf_add(&text, part);
	}
	size_t left = 0;
	const char *source = text_at(u, c, &left);
	bool is_index = !has_member && in.nr >= 2 && source && left && source[0] == '[';
	if (!has_member && !is_index)
		return c;
	*name = is_index ? "[]" : keep_str(u, strbuf_str(&text));
	return in.at[in.nr - 1];
}

ir_value lower_init_list(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	VEC(ir_value) args = {0};
	struct strbuf names;
	bool has_names = false;
	strbuf_init(&names, l->u->scratch);
	for (size_t i = 0; i < in.nr; i++) {
		const char *name;
		CXCursor element = designated(l->u, in.at[i], &name);
		if (i)
			strbuf_addc(&names, ',');
		strbuf_add(&names, name);
		has_names |= name[0] != '\0';
		ir_value v = lower_value(l, element);
		vec_push(l->u->scratch, &args, v);
	}
	struct ir_op op = {.kind = IR_INIT};
	/* lists inside lists have no type of their own yet */
	if (canonical_type(c).kind != CXType_Void)
		op.type = type_name(l->u, clang.getCursorType(c));
	if (has_names)
		op.sym = keep_str(l->u, strbuf_str(&names));
	return emit(l, op, place_of(l->u, c), args.at, args.nr);
}
