/* Initial values of constants that hold text: strings, tables and records of them. */
#include "frontend/lower.h"

#include "base/str.h"

#include <string.h>

/* Tables that are longer are catalogues; nobody takes names from them one by one. */
#define MOST_ELEMENTS 64
#define MOST_PARTS    256
#define DEEPEST       6

struct table {
	struct lower *l;
	struct place at;
	unsigned nr;   /* elements so far */
	bool has_text; /* any of them is a string */
	bool is_dry;   /* only looks, emits nothing */
};

static ir_value initial(struct table *t, CXCursor c, CXType type, unsigned depth);

static ir_value put(struct table *t, struct ir_op op, const ir_value *args, size_t nr)
{
	return t->is_dry ? IR_NONE : emit(t->l, op, t->at, args, nr);
}

static bool is_array(CXType type)
{
	return type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray;
}

static bool is_text(struct unit *u, CXType type)
{
	if (clang.getCanonicalType(type).kind == CXType_Pointer)
		return true;
	const char *name = type_name(u, type);
	return strstr(name, "string_view") != NULL || str_has_prefix(name, "std::basic_string<") ||
	       str_has_prefix(name, "std::__cxx11::basic_string<");
}

/* The fields of a record in their order. */
static struct cursors fields_of(struct unit *u, CXType type)
{
	struct cursors fields = {0};
	CXCursor decl = clang.getTypeDeclaration(clang.getCanonicalType(type));
	if (clang.Cursor_isNull(decl))
		return fields;
	struct cursors in = children_of(u, decl);
	for (size_t i = 0; i < in.nr; i++)
		if (clang.getCursorKind(in.at[i]) == CXCursor_FieldDecl)
			vec_push(u->scratch, &fields, in.at[i]);
	return fields;
}

/* `[RED] = x`: the number of RED; -1 when it cannot be told. */
static long index_of(CXCursor designator)
{
	CXEvalResult result = clang.Cursor_Evaluate(designator);
	long index = -1;
	if (!result)
		return -1;
	if (clang.EvalResult_getKind(result) == CXEval_Int)
		index = (long)clang.EvalResult_getAsLongLong(result);
	clang.EvalResult_dispose(result);
	return index;
}

static bool is_index(struct unit *u, CXCursor c)
{
	size_t left = 0;
	const char *source = text_at(u, c, &left);
	return clang.getCursorKind(c) == CXCursor_UnexposedExpr && source && left &&
	       source[0] == '[' && children_of(u, c).nr == 2;
}

static ir_value initial_array(struct table *t, CXCursor c, CXType type, unsigned depth)
{
	struct unit *u = t->l->u;
	struct cursors in = operands_of(u, c);
	VEC(ir_value) args = {0};
	CXType element = clang.getArrayElementType(clang.getCanonicalType(type));
	long at = 0;
	for (size_t i = 0; i < in.nr; i++, at++) {
		CXCursor one = in.at[i];
		if (is_index(u, one)) {
			struct cursors parts = children_of(u, one);
			at = index_of(parts.at[0]);
			one = parts.at[1];
		}
		if (at < 0 || at >= MOST_ELEMENTS)
			return IR_NONE;
		while ((long)args.nr <= at)
			vec_push(u->scratch, &args, IR_NONE);
		args.at[at] = initial(t, one, element, depth + 1);
	}
	return put(t, (struct ir_op){.kind = IR_INIT}, args.at, args.nr);
}

/* `.key = x` names its field, everything else is the next one. */
static CXCursor member(
	struct unit *u, CXCursor c, const struct cursors *fields, size_t *at, CXType *type)
{
	struct cursors in = children_of(u, c);
	bool is_named = clang.getCursorKind(c) == CXCursor_UnexposedExpr && in.nr == 2 &&
			clang.getCursorKind(in.at[0]) == CXCursor_MemberRef;
	if (is_named) {
		const char *name = keep(u, clang.getCursorSpelling(in.at[0]));
		for (*at = 0; *at < fields->nr; ++*at)
			if (keep(u, clang.getCursorSpelling(fields->at[*at])) == name)
				break;
	}
	if (*at < fields->nr)
		*type = clang.getCursorType(fields->at[*at]);
	return is_named ? in.at[1] : c;
}

static ir_value initial_record(struct table *t, CXCursor c, CXType type, unsigned depth)
{
	struct unit *u = t->l->u;
	struct cursors in = operands_of(u, c), fields = fields_of(u, type);
	VEC(ir_value) args = {0};
	struct strbuf names;
	strbuf_init(&names, u->scratch);
	size_t at = 0;
	bool has_names = false;
	for (size_t i = 0; i < in.nr; i++, at++) {
		CXType its = clang.getCursorType(in.at[i]);
		CXCursor one = member(u, in.at[i], &fields, &at, &its);
		ir_value v = initial(t, one, its, depth + 1);
		vec_push(u->scratch, &args, v);
		strbuf_addf(&names, "%s%s", i ? "," : "",
			at < fields.nr ? keep(u, clang.getCursorSpelling(fields.at[at])) : "");
		has_names |= at < fields.nr;
	}
	struct ir_op op = {.kind = IR_INIT};
	op.sym = keep_str(u, has_names ? strbuf_str(&names) : "");
	return put(t, op, args.at, args.nr);
}

static ir_value initial_text(struct table *t, CXCursor c)
{
	struct ir_op op = {.kind = IR_CONST, .sub = IR_LIT_STRING};
	t->has_text = true;
	op.sym = string_of_literal(t->l->u, c);
	op.var = t->is_dry ? 0 : place_of_literal(t->l->u, c);
	return put(t, op, NULL, 0);
}

static ir_value initial_reference(struct table *t, CXCursor c)
{
	struct ir_op op;
	if (!constant_of(t->l->u, clang.getCursorReferenced(c), &op) || op.sub != IR_LIT_STRING)
		return IR_NONE;
	t->has_text = true;
	return put(t, op, NULL, 0);
}

/* What the expression is when the program starts, as far as it is text. Nothing is called and
 * nothing is read for it: only literals, lists, and what makes strings of them. */
static ir_value initial(struct table *t, CXCursor c, CXType type, unsigned depth)
{
	struct unit *u = t->l->u;
	CXType canonical = clang.getCanonicalType(type);
	struct cursors in;
	if (depth > DEEPEST || ++t->nr > MOST_PARTS)
		return IR_NONE;
	c = unwrap(u, c);
	switch (clang.getCursorKind(c)) {
	case CXCursor_StringLiteral:
		return initial_text(t, c);
	case CXCursor_DeclRefExpr:
		return initial_reference(t, c);
	case CXCursor_InitListExpr:
		if (is_array(canonical))
			return initial_array(t, c, canonical, depth);
		if (!is_text(u, canonical))
			return initial_record(t, c, canonical, depth);
		break;
	case CXCursor_CallExpr:
	case CXCursor_CXXFunctionalCastExpr:
	case CXCursor_CXXStaticCastExpr:
	case CXCursor_CStyleCastExpr:
		break;
	default:
		return IR_NONE;
	}
	in = operands_of(u, c);
	while (in.nr > 1 && raw_begin(in.at[in.nr - 1]) == 0)
		in.nr--; /* default arguments have no place in the source */
	if (in.nr != 1)
		return IR_NONE;
	return initial(
		t, in.at[0], is_text(u, type) ? type : clang.getCursorType(in.at[0]), depth + 1);
}

static bool is_constant(CXCursor var)
{
	CXType type = clang.getCanonicalType(clang.getCursorType(var));
	bool is_own_table = false;
	while (is_array(type)) {
		/* `static const char *names[]` is a table, whatever C lets its unit do to it */
		is_own_table = clang.getCursorLinkage(var) == CXLinkage_Internal;
		if (clang.isConstQualifiedType(type))
			return true;
		type = clang.getCanonicalType(clang.getArrayElementType(type));
	}
	if (type.kind == CXType_Pointer && is_own_table &&
		clang.isConstQualifiedType(clang.getPointeeType(type)))
		return true;
	return clang.isConstQualifiedType(type) && !clang.isVolatileQualifiedType(type);
}

/* Where a constant with text in it is given its value; the null cursor: it is none. */
static CXCursor find_initial(struct lower *l, CXCursor var)
{
	if (clang.getCursorKind(var) != CXCursor_VarDecl || !is_constant(var))
		return clang.getNullCursor();
	CXCursor defined = clang.getCursorDefinition(var);
	CXCursor init =
		clang.Cursor_getVarDeclInitializer(clang.Cursor_isNull(defined) ? var : defined);
	struct table t = {.l = l, .is_dry = true};
	if (!clang.Cursor_isNull(init))
		initial(&t, init, clang.getCursorType(var), 0);
	return t.has_text && t.nr <= MOST_PARTS ? init : clang.getNullCursor();
}

ir_value lower_initial(struct lower *l, CXCursor var, struct place at)
{
	CXCursor *init = ptr_get(&l->u->initials, var.data[0]);
	if (!init) {
		init = arena_new(l->u->scratch, CXCursor);
		/* first as none, so that a constant that refers to itself ends */
		*init = clang.getNullCursor();
		ptr_put(&l->u->initials, var.data[0], init);
		*init = find_initial(l, var);
	}
	struct table t = {.l = l, .at = at};
	return clang.Cursor_isNull(*init) ? IR_NONE
					  : initial(&t, *init, clang.getCursorType(var), 0);
}
