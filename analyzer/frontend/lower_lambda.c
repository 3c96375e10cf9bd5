/* Lambdas: a function of their own, and the op that makes the closure. */
#include "frontend/lower.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* The character before the place where the cursor's text is spelled, spaces passed over. */
static char char_before(struct unit *u, CXCursor c)
{
	CXFile file = NULL;
	unsigned offset = 0;
	size_t size = 0;
	CXSourceLocation at = clang.getRangeStart(clang.getCursorExtent(c));
	clang.getSpellingLocation(at, &file, NULL, NULL, &offset);
	const char *text = file ? clang.getFileContents(u->tu, file, &size) : NULL;
	if (!text || offset > size)
		return '\0';
	while (offset > 0 && isspace((unsigned char)text[offset - 1]))
		offset--;
	return offset ? text[offset - 1] : '\0';
}

/* `[&]` and `[&, x]` against `[=]`; a single `&x` is a capture of x. */
static bool captures_by_ref(struct unit *u, CXCursor c)
{
	size_t left = 0, i = 1;
	const char *text = text_at(u, c, &left);
	if (!text || !left || text[0] != '[')
		return true;
	while (i < left && isspace((unsigned char)text[i]))
		i++;
	if (i >= left || text[i] != '&')
		return false;
	for (i++; i < left && isspace((unsigned char)text[i]); i++)
		;
	return i < left && (text[i] == ']' || text[i] == ',');
}

struct finding_result {
	CXType type;
	CXCursor operator_call;
	bool is_found, is_generic;
};

static enum CXChildVisitResult see_operator(CXCursor c, CXCursor parent, CXClientData data)
{
	struct finding_result *f = data;
	(void)parent;
	enum CXCursorKind kind = clang.getCursorKind(c);
	if (kind != CXCursor_CXXMethod && kind != CXCursor_FunctionTemplate)
		return CXChildVisit_Continue;
	CXString name = clang.getCursorSpelling(c);
	bool is_call = str_eq(clang.getCString(name), "operator()");
	clang.disposeString(name);
	if (!is_call)
		return CXChildVisit_Continue;
	f->type = clang.getCursorResultType(c);
	f->operator_call = c;
	f->is_found = true;
	f->is_generic = kind == CXCursor_FunctionTemplate;
	return CXChildVisit_Break;
}

/* `[x = init]`: a hidden variable outside holds the value. libclang shows what the initialiser is
 * made of, without its topmost node. */
static void capture_init(struct lower *in, CXCursor decl, CXCursor ref, bool by_ref,
	const struct cursors *parts, CXCursor next)
{
	struct lower *l = in->outer;
	struct place at = place_of(l->u, ref);
	uint32_t var = new_synthetic(l, clang.getCursorType(decl), "capture", at);
	struct ir_var *v = ir_builder_var(l->b, var);
	v->name = keep(l->u, clang.getCursorSpelling(decl));
	unsigned from = raw_begin(ref),
		 to = clang.Cursor_isNull(next) ? UINT32_MAX : raw_begin(next);
	VEC(ir_value) args = {0};
	for (size_t i = 0; i < parts->nr; i++) {
		unsigned begin = raw_begin(parts->at[i]);
		if (begin <= from || begin >= to)
			continue;
		ir_value part = lower_value(l, parts->at[i]);
		if (part != IR_NONE)
			vec_push(l->u->scratch, &args, part);
	}
	struct ir_op op = {.kind = args.nr == 1 ? IR_COPY : IR_CALC};
	if (args.nr != 1)
		op.sym = keep_str(l->u, "capture");
	emit_store(l, emit_var(l, var, at), emit(l, op, at, args.at, args.nr), at);
	capture_var(in, decl.data[0], var, by_ref);
}

static void explicit_captures(struct lower *in, const struct cursors *all)
{
	struct lower *l = in->outer;
	struct cursors refs = {0}, parts = {0};
	for (size_t i = 0; i < all->nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(all->at[i]);
		if (kind == CXCursor_VariableRef)
			vec_push(l->u->scratch, &refs, all->at[i]);
		else if (clang.isExpression(kind))
			vec_push(l->u->scratch, &parts, all->at[i]);
	}
	for (size_t i = 0; i < refs.nr; i++) {
		CXCursor decl = clang.getCursorReferenced(refs.at[i]);
		bool by_ref = char_before(l->u, refs.at[i]) == '&';
		uint32_t outer = find_var(l, decl.data[0]);
		CXCursor next = i + 1 < refs.nr ? refs.at[i + 1] : clang.getNullCursor();
		if (outer != IR_NONE)
			capture_var(in, decl.data[0], outer, by_ref);
		else
			capture_init(in, decl, refs.at[i], by_ref, &parts, next);
	}
}

static struct ir_func *new_lambda_func(struct lower *l, CXCursor c)
{
	struct unit *u = l->u;
	struct ir_func *f = arena_new(u->out, struct ir_func);
	struct finding_result see = {.is_found = false};
	CXCursor class = clang.getTypeDeclaration(clang.getCursorType(c));
	f->loc = loc_at(u, clang.getRangeStart(clang.getCursorExtent(c)));
	f->name = keep_str(u, arena_printf(u->scratch, "%s::lambda@%u:%u", l->f->name, f->loc.line,
				      (unsigned)f->loc.col));
	f->link = keep_str(u, arena_printf(u->scratch, "%s::lambda@%u:%u", l->f->link, f->loc.line,
				      (unsigned)f->loc.col));
	/* several lambdas of one macro stand in one place */
	for (unsigned n = 2; map_has(&u->defined, f->link); n++) {
		f->name = keep_str(u, arena_printf(u->scratch, "%s::lambda@%u:%u#%u", l->f->name,
					      f->loc.line, (unsigned)f->loc.col, n));
		f->link = keep_str(u, arena_printf(u->scratch, "%s::lambda@%u:%u#%u", l->f->link,
					      f->loc.line, (unsigned)f->loc.col, n));
	}
	clang.visitChildren(class, see_operator, &see);
	f->ret = see.is_found ? type_name(u, see.type) : "";
	f->parent = l->f->link;
	f->incomplete = "";
	f->flags = IR_FUNC_LAMBDA | (l->f->flags & (IR_FUNC_TEMPLATE | IR_FUNC_IN_HEADER));
	if (see.is_generic)
		f->flags |= IR_FUNC_TEMPLATE;
	vec_push(u->scratch, &u->funcs, f);
	map_put(&u->defined, f->link, f);
	if (see.is_found)
		note_annotations(u, see.operator_call, f->link);
	ptr_put(&u->closures, class.data[0], f);
	return f;
}

static ir_value captured_value(struct lower *l, const struct capture *c, struct place at)
{
	struct ir_var v = *ir_builder_var(l->b, c->outer);
	ir_value value = emit_var(l, c->outer, at);
	if (v.flags & IR_VAR_REFERENCE)
		value = emit_load(l, value, at);
	if (c->by_ref)
		return value;
	value = emit_load(l, value, at);
	return v.flags & IR_VAR_DTOR ? emit1(l, IR_COPY, at, value) : value;
}

ir_value lower_lambda(struct lower *l, CXCursor c)
{
	struct unit *u = l->u;
	struct place at = place_of(u, c);
	struct cursors all = children_of(u, c);
	struct ir_func *f = new_lambda_func(l, c);
	struct lower in = {.u = u, .f = f, .outer = l, .this_var = IR_NONE};
	in.vars.arena = u->scratch;
	in.b = ir_builder_new(u->scratch, u->out, f);
	in.capture_by_ref = captures_by_ref(u, c);
	in.depth = l->depth;
	in.returns_ref = strchr(f->ret, '&') && str_has_suffix(f->ret, "&");
	for (size_t i = 0; i < all.nr; i++)
		if (clang.getCursorKind(all.at[i]) == CXCursor_ParmDecl)
			f->nr_params = declare_var(&in, all.at[i], IR_VAR_PARAM) + 1;
	explicit_captures(&in, &all);
	for (uint32_t i = 0; i < f->nr_params; i++)
		scope_add(&in, i);
	if (all.nr && clang.getCursorKind(all.at[all.nr - 1]) == CXCursor_CompoundStmt)
		lower_body_of(&in, c, all.at[all.nr - 1]);
	else
		mark_incomplete(&in, "lambda without body", at);
	for (size_t i = 0; i < in.records.nr; i++)
		vec_push(u->scratch, &l->records, in.records.at[i]);
	VEC(ir_value) args = {0};
	for (size_t i = 0; i < in.captures.nr; i++)
		vec_push(u->scratch, &args, captured_value(l, &in.captures.at[i], at));
	struct ir_op op = {.kind = IR_LAMBDA, .link = f->link, .sym = f->name};
	op.type = type_name(u, clang.getCursorType(c));
	return emit(l, op, at, args.at, args.nr);
}

static enum CXChildVisitResult find_lambda(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang.getCursorKind(c) != CXCursor_LambdaExpr)
		return CXChildVisit_Recurse;
	lower_lambda(data, c);
	return CXChildVisit_Continue;
}

/* Lambdas in a global variable's initialiser have no function around them; one that is not kept
 * stands in for it. */
void lower_global_lambdas(struct unit *u, CXCursor var)
{
	CXCursor init = clang.Cursor_getVarDeclInitializer(var);
	struct ir_func outside = {.incomplete = ""};
	if (clang.Cursor_isNull(init))
		return;
	outside.name = qualified_name(u, var);
	outside.link = link_name(u, var);
	struct ir_loc loc = loc_at(u, clang.getCursorLocation(var));
	if (loc.file != 0)
		outside.flags |= IR_FUNC_IN_HEADER;
	struct lower l = {.u = u, .f = &outside, .this_var = IR_NONE};
	l.decl = clang.getNullCursor();
	l.vars.arena = u->scratch;
	l.b = ir_builder_new(u->scratch, u->scratch, &outside);
	size_t before = u->funcs.nr;
	clang.visitChildren(var, find_lambda, &l);
	for (size_t i = before; i < u->funcs.nr; i++)
		if (u->funcs.at[i]->parent == outside.link)
			u->funcs.at[i]->parent = "";
}
