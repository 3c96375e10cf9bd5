/* Statements: conditions, loops, switch, goto, try; and GNU statement expressions. */
#include "frontend/lower.h"

#include "base/str.h"

#include <string.h>

void push_target(struct lower *l, struct target **stack, struct target *t, uint32_t block)
{
	t->up = *stack;
	t->live = l->live;
	t->block = block;
	*stack = t;
}

/* Children without the condition variable, which comes first. */
struct cursors without_var(struct unit *u, CXCursor c, CXCursor *var, bool *has_var)
{
	struct cursors all = children_of(u, c), rest = {0};
	*has_var = false;
	for (size_t i = 0; i < all.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(all.at[i]);
		if (kind == CXCursor_VarDecl && !*has_var) {
			*var = all.at[i];
			*has_var = true;
		} else if (clang.isExpression(kind) || clang.isStatement(kind)) {
			vec_push(u->scratch, &rest, all.at[i]);
		}
	}
	return rest;
}

/* `if (init; cond)`: a declaration, or an expression with a semicolon right behind it. */
static bool is_init(struct unit *u, CXCursor first, CXCursor second)
{
	enum CXCursorKind kind = clang.getCursorKind(first);
	if (kind == CXCursor_DeclStmt || kind == CXCursor_NullStmt)
		return true;
	CXFile file, second_file;
	unsigned from, to;
	size_t size = 0;
	clang.getExpansionLocation(
		clang.getRangeEnd(clang.getCursorExtent(first)), &file, NULL, NULL, &from);
	clang.getExpansionLocation(
		clang.getRangeStart(clang.getCursorExtent(second)), &second_file, NULL, NULL, &to);
	const char *text = file == second_file ? clang.getFileContents(u->tu, file, &size) : NULL;
	if (!text || from > to || to > size)
		return false;
	for (unsigned i = from; i < to; i++) {
		if (text[i] == ')')
			return false;
		if (text[i] == ';')
			return true;
	}
	return false;
}

void lower_body(struct lower *l, CXCursor c)
{
	struct live *live = l->live;
	lower_stmt(l, c);
	scope_close(l, live, place_of(l->u, c));
}

static void lower_if(struct lower *l, CXCursor c)
{
	CXCursor var;
	bool has_var;
	struct cursors in = without_var(l->u, c, &var, &has_var);
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	size_t i = 0;
	if (in.nr >= 3 && l->u->cu->is_cxx && is_init(l->u, in.at[0], in.at[1])) {
		uint32_t nr_stmts = l->f->nr_stmts;
		lower_stmt(l, in.at[i++]);
		l->f->nr_stmts = nr_stmts; /* part of the head */
	}
	if (has_var)
		lower_local_var(l, var);
	if (in.nr < i + 2 || !clang.isExpression(clang.getCursorKind(in.at[i]))) {
		mark_incomplete(l, "if without condition", at);
		for (; i < in.nr; i++)
			lower_body(l, in.at[i]);
		scope_close(l, live, at);
		return;
	}
	uint32_t yes = new_block(l), no = new_block(l), join = new_block(l);
	lower_cond(l, in.at[i], yes, no);
	ir_build_at(l->b, yes);
	lower_body(l, in.at[i + 1]);
	emit_jump(l, join, place_of(l->u, in.at[i + 1]));
	ir_build_at(l->b, no);
	if (i + 2 < in.nr)
		lower_body(l, in.at[i + 2]);
	emit_jump(l, join, at);
	ir_build_at(l->b, join);
	scope_close(l, live, at);
}

/* Every enumerator of the value's type has its case, by name or by another name of its number. */
static bool covers_enum(struct lower *l, CXCursor value, const struct cases *cases)
{
	CXType type = canonical_type(unwrap(l->u, value));
	if (type.kind != CXType_Enum)
		return false;
	struct cursors all = children_of(l->u, clang.getTypeDeclaration(type));
	size_t nr = 0;
	for (size_t i = 0; i < all.nr; i++) {
		if (clang.getCursorKind(all.at[i]) != CXCursor_EnumConstantDecl)
			continue;
		bool is_covered = false;
		for (size_t k = 0; k < all.nr && !is_covered; k++) {
			if (clang.getCursorKind(all.at[k]) != CXCursor_EnumConstantDecl ||
				clang.getEnumConstantDeclValue(all.at[k]) !=
					clang.getEnumConstantDeclValue(all.at[i]))
				continue;
			const char *name = keep(l->u, clang.getCursorSpelling(all.at[k]));
			for (size_t n = 0; n < cases->edges.nr; n++)
				is_covered |= cases->edges.at[n].label == name;
		}
		if (!is_covered)
			return false;
		nr++;
	}
	return nr > 0;
}

static void lower_switch(struct lower *l, CXCursor c)
{
	CXCursor var;
	bool has_var;
	struct cursors in = without_var(l->u, c, &var, &has_var);
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	struct target brk;
	struct cases cases = {.up = l->cases};
	if (in.nr < 2) {
		mark_incomplete(l, "switch", at);
		return;
	}
	if (has_var)
		lower_local_var(l, var);
	ir_value v = lower_value(l, in.at[in.nr - 2]);
	if (ir_builder_ended(l->b))
		ir_build_at(l->b, new_block(l));
	uint32_t head = ir_builder_block(l->b), leave = new_block(l);
	push_target(l, &l->breaks, &brk, leave);
	l->cases = &cases;
	ir_build_at(l->b, new_block(l)); /* what precedes the first case is not reached */
	lower_body(l, in.at[in.nr - 1]);
	emit_jump(l, leave, at);
	l->cases = cases.up;
	l->breaks = brk.up;
	if (!cases.has_default && !covers_enum(l, in.at[in.nr - 2], &cases)) {
		struct ir_edge edge = {.block = leave, .label = "default"};
		vec_push(l->u->scratch, &cases.edges, edge);
	}
	ir_build_at(l->b, head);
	struct ir_op op = {.kind = IR_SWITCH, .loc = at.loc, .flags = at.flags};
	ir_build_end(l->b, op, v, cases.edges.at, (uint32_t)cases.edges.nr);
	ir_build_at(l->b, leave);
	scope_close(l, live, at);
}

static const char *case_text(struct lower *l, CXCursor c)
{
	CXCursor inner = unwrap(l->u, c);
	CXCursor decl = clang.getCursorReferenced(inner);
	if (clang.getCursorKind(decl) == CXCursor_EnumConstantDecl)
		return keep(l->u, clang.getCursorSpelling(decl));
	CXEvalResult result = clang.Cursor_Evaluate(c);
	const char *text = "?";
	if (result && clang.EvalResult_getKind(result) == CXEval_Int)
		text = keep_str(l->u, arena_printf(l->u->scratch, "%lld",
					      clang.EvalResult_getAsLongLong(result)));
	if (result)
		clang.EvalResult_dispose(result);
	return text;
}

static void lower_case(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	bool is_default = clang.getCursorKind(c) == CXCursor_DefaultStmt;
	size_t nr_labels = is_default ? 0 : 1;
	if (!is_default && in.nr == 3)
		nr_labels = 2; /* GNU `case 1 ... 3` */
	uint32_t block = new_block(l);
	emit_jump(l, block, at);
	ir_build_at(l->b, block);
	struct ir_edge edge = {.block = block, .label = "default"};
	if (nr_labels >= 1 && in.nr)
		edge.label = case_text(l, in.at[0]);
	if (nr_labels == 2)
		edge.label = keep_str(l->u,
			arena_printf(l->u->scratch, "%s...%s", edge.label, case_text(l, in.at[1])));
	if (l->cases) {
		vec_push(l->u->scratch, &l->cases->edges, edge);
		l->cases->has_default |= is_default;
	}
	if (in.nr > nr_labels)
		lower_stmt(l, in.at[in.nr - 1]);
}

static size_t label_number(struct lower *l, CXCursor label)
{
	const char *name = keep(l->u, clang.getCursorSpelling(label));
	unsigned place = clang.getCursorLocation(label).int_data;
	for (size_t i = 0; i < l->labels.nr; i++)
		if (l->labels.at[i].place == place && l->labels.at[i].name == name)
			return i;
	struct label new = {.place = place, .name = name, .block = new_block(l)};
	vec_push(l->u->scratch, &l->labels, new);
	return l->labels.nr - 1;
}

static void lower_label(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	size_t number = label_number(l, c);
	struct label *label = &l->labels.at[number];
	label->live = l->live;
	label->is_placed = true;
	emit_jump(l, label->block, place_of(l->u, c));
	ir_build_at(l->b, label->block);
	if (in.nr)
		lower_stmt(l, in.at[in.nr - 1]);
}

/* Where the label's scope is may not be known yet: the jump is made when the function is whole. */
static void lower_goto(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (!in.nr) {
		mark_incomplete(l, "goto", at);
		return;
	}
	if (ir_builder_ended(l->b))
		return;
	CXCursor label = clang.getCursorReferenced(in.at[0]);
	struct pending_goto pending = {.live = l->live, .place = at};
	pending.block = ir_builder_block(l->b);
	pending.label = label_number(l, label);
	vec_push(l->u->scratch, &l->gotos, pending);
	ir_build_at(l->b, new_block(l));
}

void finish_gotos(struct lower *l)
{
	for (size_t i = 0; i < l->gotos.nr; i++) {
		struct pending_goto *g = &l->gotos.at[i];
		struct label *label = &l->labels.at[g->label];
		ir_build_at(l->b, g->block);
		l->live = g->live;
		if (!label->is_placed) {
			mark_incomplete(l, "goto to a label not seen", g->place);
			emit_end(l, IR_UNREACHABLE, IR_NONE, g->place);
			continue;
		}
		scope_leave_to(l, scope_common(g->live, label->live), g->place);
		emit_jump(l, label->block, g->place);
	}
	l->live = NULL;
}

static void lower_return(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	ir_value v = IR_NONE;
	if (in.nr)
		v = l->returns_ref ? lower_addr(l, in.at[0]) : lower_value(l, in.at[0]);
	if (ir_builder_ended(l->b))
		return;
	scope_leave_to(l, NULL, at);
	emit_end(l, IR_RETURN, v, at);
}

static void lower_jump(struct lower *l, CXCursor c, struct target *t, const char *what)
{
	struct place at = place_of(l->u, c);
	if (!t) {
		mark_incomplete(l, what, at);
		return;
	}
	scope_leave_to(l, t->live, at);
	emit_jump(l, t->block, at);
}

static void lower_handler(struct lower *l, CXCursor c, uint32_t block, uint32_t join)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	ir_build_at(l->b, block);
	for (size_t i = 0; i < in.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in.at[i]);
		if (kind == CXCursor_VarDecl)
			scope_add(l, declare_var(l, in.at[i], IR_VAR_CATCH));
		else if (clang.isStatement(kind))
			lower_stmt(l, in.at[i]);
	}
	scope_close(l, live, at);
	emit_jump(l, join, at);
}

static void lower_try(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (!in.nr) {
		mark_incomplete(l, "try", at);
		return;
	}
	struct handlers handlers = {.up = l->handlers, .live = l->live};
	uint32_t body = new_block(l), join = new_block(l);
	VEC(struct ir_edge) edges = {0};
	vec_push(l->u->scratch, &edges, (struct ir_edge){.block = body});
	for (size_t i = 1; i < in.nr; i++) {
		struct ir_edge edge = {.block = new_block(l)};
		vec_push(l->u->scratch, &edges, edge);
		vec_push(l->u->scratch, &handlers.edges, edge);
	}
	if (!ir_builder_ended(l->b)) {
		struct ir_op op = {.kind = IR_TRY, .loc = at.loc, .flags = at.flags};
		ir_build_end(l->b, op, IR_NONE, edges.at, (uint32_t)edges.nr);
	}
	ir_build_at(l->b, body);
	l->handlers = &handlers;
	lower_body(l, in.at[0]);
	l->handlers = handlers.up;
	emit_jump(l, join, at);
	for (size_t i = 1; i < in.nr; i++)
		lower_handler(l, in.at[i], edges.at[i].block, join);
	ir_build_at(l->b, join);
}

/* Inline assembly as a builtin call: what is written plainly is an output and gets its address. */
static void lower_asm(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	VEC(ir_value) args = {0};
	bool has_label = false;
	for (size_t i = 0; i < in.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in.at[i]);
		bool is_output = kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr ||
				 kind == CXCursor_ArraySubscriptExpr ||
				 kind == CXCursor_UnaryOperator;
		has_label |= kind == CXCursor_AddrLabelExpr;
		ir_value v = is_output ? lower_addr(l, in.at[i]) : lower_value(l, in.at[i]);
		if (v != IR_NONE)
			vec_push(l->u->scratch, &args, v);
	}
	struct ir_op op = {.kind = IR_CALL, .sym = keep_str(l->u, "asm"), .type = "void"};
	op.flags = IR_CALL_BUILTIN | IR_CALL_DISCARDED;
	emit(l, op, at, args.at, args.nr);
	if (has_label) {
		mark_incomplete(l, "asm goto", at);
		emit_end(l, IR_UNREACHABLE, IR_NONE, at);
	}
}

static void lower_compound(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	struct live *live = l->live;
	for (size_t i = 0; i < in.nr; i++)
		lower_stmt(l, in.at[i]);
	scope_close(l, live, end_place(l->u, c));
}

/* The value returned, then the call of the promise that the compiler makes of it. */
static void lower_co_return(struct lower *l, CXCursor c)
{
	struct cursors in = operands_of(l->u, c);
	struct place at = place_of(l->u, c);
	if (in.nr > 1)
		lower_effect(l, in.at[0]);
	l->f->nr_stmts++;
	mark_incomplete(l, "co_return", at);
	if (ir_builder_ended(l->b))
		return;
	scope_leave_to(l, NULL, at);
	emit_end(l, IR_RETURN, IR_NONE, at);
}

/* Statements that only wrap others: [[likely]], OpenMP. */
static void lower_unexposed(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	if (starts_with_word(l->u, c, "co_return")) {
		lower_co_return(l, c);
		return;
	}
	for (size_t i = 0; i < in.nr; i++)
		if (clang.isStatement(clang.getCursorKind(in.at[i])) ||
			clang.isExpression(clang.getCursorKind(in.at[i])))
			lower_stmt(l, in.at[i]);
	if (in.nr > 1)
		mark_incomplete(l, "statement", place_of(l->u, c));
}

/* Statements as written: what one macro expands to counts once. */
static void count_stmt(struct lower *l, CXCursor c, enum CXCursorKind kind)
{
	struct place at;
	switch (kind) {
	case CXCursor_CompoundStmt:
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
	case CXCursor_LabelStmt:
	case CXCursor_NullStmt:
	case CXCursor_UnexposedStmt:
	case CXCursor_CXXCatchStmt:
		break;
	default:
		at = place_of(l->u, c);
		if ((at.flags & IR_IN_MACRO) && at.loc.line == l->counted.line &&
			at.loc.col == l->counted.col && at.loc.file == l->counted.file)
			break;
		l->counted = at.loc;
		l->f->nr_stmts++;
	}
}

static void lower_rarer_stmt(struct lower *l, CXCursor c, enum CXCursorKind kind)
{
	struct place at;
	switch (kind) {
	case CXCursor_LabelStmt:
		lower_label(l, c);
		break;
	case CXCursor_GotoStmt:
		lower_goto(l, c);
		break;
	case CXCursor_IndirectGotoStmt:
		at = place_of(l->u, c);
		lower_unknown(l, c, "computed goto");
		if (!ir_builder_ended(l->b))
			emit_end(l, IR_UNREACHABLE, IR_NONE, at);
		break;
	case CXCursor_NullStmt:
		break;
	case CXCursor_GCCAsmStmt:
	case CXCursor_MSAsmStmt:
		lower_asm(l, c);
		break;
	case CXCursor_CXXTryStmt:
		lower_try(l, c);
		break;
	default:
		lower_unexposed(l, c);
	}
}

static void lower_stmt_of(struct lower *l, CXCursor c, enum CXCursorKind kind)
{
	switch (kind) {
	case CXCursor_CompoundStmt:
		lower_compound(l, c);
		break;
	case CXCursor_DeclStmt:
		lower_decl_stmt(l, c);
		break;
	case CXCursor_IfStmt:
		lower_if(l, c);
		break;
	case CXCursor_WhileStmt:
		lower_while(l, c);
		break;
	case CXCursor_DoStmt:
		lower_do(l, c);
		break;
	case CXCursor_ForStmt:
		lower_for(l, c);
		break;
	case CXCursor_CXXForRangeStmt:
		lower_range_for(l, c);
		break;
	case CXCursor_SwitchStmt:
		lower_switch(l, c);
		break;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		lower_case(l, c);
		break;
	case CXCursor_BreakStmt:
		lower_jump(l, c, l->breaks, "break");
		break;
	case CXCursor_ContinueStmt:
		lower_jump(l, c, l->continues, "continue");
		break;
	case CXCursor_ReturnStmt:
		lower_return(l, c);
		break;
	default:
		lower_rarer_stmt(l, c, kind);
	}
}

void lower_stmt(struct lower *l, CXCursor c)
{
	enum CXCursorKind kind = clang.getCursorKind(c);
	if (l->depth >= 1500) {
		mark_incomplete(l, "statement nested too deeply", place_of(l->u, c));
		return;
	}
	count_stmt(l, c, kind);
	l->depth++;
	if (clang.isExpression(kind))
		lower_effect(l, c);
	else if (kind == CXCursor_VarDecl)
		lower_local_var(l, c);
	else if (clang.isStatement(kind))
		lower_stmt_of(l, c, kind);
	l->depth--;
}

ir_value lower_stmt_expr(struct lower *l, CXCursor c, bool is_used)
{
	struct cursors in = children_of(l->u, c);
	ir_value v = IR_NONE;
	if (in.nr != 1)
		return lower_unknown(l, c, "statement expression");
	struct cursors body = children_of(l->u, in.at[0]);
	struct live *live = l->live;
	struct place at = place_of(l->u, c);
	uint32_t nr_stmts = l->f->nr_stmts;
	for (size_t i = 0; i < body.nr; i++) {
		bool is_last = i + 1 == body.nr;
		bool is_value = is_last && is_used &&
				clang.isExpression(clang.getCursorKind(body.at[i])) &&
				canonical_type(body.at[i]).kind != CXType_Void;
		if (is_value)
			v = lower_value(l, body.at[i]);
		else
			lower_stmt(l, body.at[i]);
	}
	scope_close(l, live, at);
	if (at.flags & IR_IN_MACRO)
		l->f->nr_stmts = nr_stmts;
	return v;
}
