/* Declarations: functions with bodies, local variables, annotations. */
#include "frontend/lower.h"

#include "base/str.h"

#include <string.h>

uint32_t find_var(struct lower *l, const void *decl)
{
	uint32_t known = (uint32_t)(uintptr_t)ptr_get(&l->vars, decl);
	if (known)
		return known - 1;
	if (!l->outer)
		return IR_NONE;
	uint32_t outer = find_var(l->outer, decl);
	if (outer == IR_NONE || (ir_builder_var(l->outer->b, outer)->flags & IR_VAR_STATIC))
		return outer == IR_NONE ? IR_NONE : capture_var(l, decl, outer, true);
	return capture_var(l, decl, outer, l->capture_by_ref);
}

uint32_t find_this(struct lower *l)
{
	if (l->this_var != IR_NONE || !l->outer)
		return l->this_var;
	uint32_t outer = find_this(l->outer);
	if (outer == IR_NONE)
		return IR_NONE;
	l->this_var = capture_var(l, NULL, outer, false);
	return l->this_var;
}

uint32_t capture_var(struct lower *l, const void *decl, uint32_t outer, bool by_ref)
{
	struct ir_var v = *ir_builder_var(l->outer->b, outer);
	v.flags &= IR_VAR_REFERENCE | IR_VAR_THIS | IR_VAR_STATIC;
	v.flags |= IR_VAR_CAPTURED | (by_ref ? IR_VAR_BY_REF : 0);
	v.outer = outer;
	v.cleanup = "";
	uint32_t inner = ir_build_var(l->b, v);
	ptr_put(&l->vars, decl, (void *)(uintptr_t)(inner + 1));
	struct capture c = {.outer = outer, .inner = inner, .by_ref = by_ref};
	vec_push(l->u->scratch, &l->captures, c);
	return inner;
}

const char *cleanup_of(struct unit *u, CXCursor c)
{
	if (!clang.Cursor_hasAttrs(c))
		return "";
	const char *text = strstr(pretty_decl(u, c), "cleanup(");
	if (!text)
		return "";
	text += strlen("cleanup(");
	const char *end = strchr(text, ')');
	return end ? keep_str(u, arena_strndup(u->scratch, text, (size_t)(end - text))) : "";
}

uint32_t declare_var(struct lower *l, CXCursor c, uint32_t flags)
{
	CXType type = clang.getCursorType(c);
	struct ir_var v = {.flags = flags};
	v.name = keep(l->u, clang.getCursorSpelling(c));
	v.type = type_name(l->u, type);
	v.cleanup = flags & IR_VAR_PARAM ? "" : cleanup_of(l->u, c);
	v.loc = name_loc(l->u, c, v.name);
	if (is_reference(type))
		v.flags |= IR_VAR_REFERENCE;
	else if (has_destructor(l->u, type))
		v.flags |= IR_VAR_DTOR;
	uint32_t number = ir_build_var(l->b, v);
	ptr_put(&l->vars, c.data[0], (void *)(uintptr_t)(number + 1));
	if (clang.isInvalidDeclaration(c))
		mark_incomplete(l, "invalid declaration", (struct place){.loc = v.loc});
	return number;
}

static bool is_literal_init(struct unit *u, CXCursor c)
{
	c = unwrap(u, c);
	switch (clang.getCursorKind(c)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_FloatingLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_CXXBoolLiteralExpr:
	case CXCursor_CXXNullPtrLiteralExpr:
	case CXCursor_GNUNullExpr:
		return true;
	default:
		return false;
	}
}

void lower_local_var(struct lower *l, CXCursor c)
{
	enum CX_StorageClass storage = clang.Cursor_getStorageClass(c);
	if (storage == CX_SC_Extern)
		return;
	CXCursor init = clang.Cursor_getVarDeclInitializer(c);
	/* a thread_local is told by its linkage-free static lifetime only in C++; the source says
	 * it */
	bool is_static = storage == CX_SC_Static || starts_with_word(l->u, c, "thread_local") ||
			 starts_with_word(l->u, c, "_Thread_local");
	bool is_once = is_static && (!l->u->cu->is_cxx || clang.Cursor_isNull(init) ||
					    is_literal_init(l->u, init));
	uint32_t var = declare_var(l, c, is_static ? IR_VAR_STATIC : 0);
	struct ir_var v = *ir_builder_var(l->b, var);
	struct place at = place_of(l->u, c);
	at.loc = v.loc;
	/* a static's constant initialiser is not an effect of passing its declaration */
	if (!clang.Cursor_isNull(init) && !is_once) {
		ir_value value = lower_init(l, init, clang.getCursorType(c));
		if (value != IR_NONE)
			emit_store(l, emit_var(l, var, at), value, at);
	} else if (is_once) { /* but a table of texts is known for good */
		ir_value value = lower_initial(l, c, at);
		if (value != IR_NONE)
			emit_store(l, emit_var(l, var, at), value, at);
	}
	if (!is_static)
		scope_add(l, var);
}

/* `auto [a, b] = x`: each name is a part of a hidden variable. */
void lower_binding(struct lower *l, CXCursor c, ir_value whole)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	uint32_t position = 0;
	bool is_ref = is_reference(clang.getCursorType(c));
	if (whole == IR_NONE) {
		if (!in.nr || !clang.isExpression(clang.getCursorKind(in.at[in.nr - 1])))
			return;
		CXCursor init = in.at[in.nr - 1];
		whole = is_ref ? lower_init(l, init, clang.getCursorType(c))
			       : hold_binding(l, init, at);
	}
	for (size_t i = 0; i < in.nr; i++) {
		if (clang.getCursorKind(in.at[i]) != CXCursor_UnexposedDecl)
			continue;
		uint32_t var = declare_var(l, in.at[i], IR_VAR_REFERENCE);
		struct ir_op index = {.kind = IR_CONST, .sub = IR_LIT_INT};
		index.sym = keep_str(l->u, arena_printf(l->u->scratch, "%u", position++));
		ir_value args[2] = {whole, emit(l, index, at, NULL, 0)};
		ir_value part = emit(l, (struct ir_op){.kind = IR_INDEX}, at, args, 2);
		ir_builder_var(l->b, var)->flags &= ~(uint32_t)IR_VAR_DTOR;
		emit_store(l, emit_var(l, var, at), part, at);
	}
}

ir_value hold_binding(struct lower *l, CXCursor init, struct place at)
{
	CXType type = clang.getCursorType(init);
	uint32_t var = new_synthetic(l, type, "binding", at);
	ir_value v = lower_value(l, init);
	if (v != IR_NONE)
		emit_store(l, emit_var(l, var, at), v, at);
	if (has_destructor(l->u, type)) {
		ir_builder_var(l->b, var)->flags |= IR_VAR_DTOR;
		scope_add(l, var);
	}
	return emit_var(l, var, at);
}

void lower_element_var(struct lower *l, CXCursor c, ir_value element)
{
	uint32_t var = declare_var(l, c, 0);
	struct ir_var v = *ir_builder_var(l->b, var);
	struct place at = {.loc = v.loc};
	if (!(v.flags & IR_VAR_REFERENCE)) {
		element = emit_load(l, element, at);
		if (is_record(clang.getCursorType(c)))
			element = emit1(l, IR_COPY, at, element);
	}
	emit_store(l, emit_var(l, var, at), element, at);
	scope_add(l, var);
}

static bool is_class(enum CXCursorKind kind)
{
	return kind == CXCursor_ClassDecl || kind == CXCursor_StructDecl ||
	       kind == CXCursor_UnionDecl;
}

void lower_decl_stmt(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	for (size_t i = 0; i < in.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in.at[i]);
		if (kind == CXCursor_VarDecl) {
			lower_local_var(l, in.at[i]);
		} else if (kind == CXCursor_UnexposedDecl) {
			CXString name = clang.getCursorSpelling(in.at[i]);
			const char *text = clang.getCString(name);
			bool is_binding = text && text[0] == '[';
			clang.disposeString(name);
			if (is_binding)
				lower_binding(l, in.at[i], IR_NONE);
		} else if (is_class(kind) && l->u->cu->is_cxx) {
			vec_push(l->u->scratch, &l->records, in.at[i]);
		}
	}
}

static uint32_t function_flags(struct unit *u, CXCursor c, const char *name)
{
	enum CXCursorKind kind = clang.getCursorKind(c);
	CXCursor class = clang.getCursorSemanticParent(c);
	enum CXCursorKind class_kind = clang.getCursorKind(class);
	bool is_member = is_class(class_kind) || class_kind == CXCursor_ClassTemplate ||
			 class_kind == CXCursor_ClassTemplatePartialSpecialization;
	enum CXLinkageKind linkage = clang.getCursorLinkage(c);
	const char *simple = ir_simple_name(name);
	uint32_t flags = 0;
	if (linkage == CXLinkage_Internal || linkage == CXLinkage_UniqueExternal)
		flags |= IR_FUNC_STATIC;
	if (is_member && !clang.CXXMethod_isStatic(c))
		flags |= IR_FUNC_METHOD;
	if (is_member && clang.CXXMethod_isVirtual(c))
		flags |= IR_FUNC_VIRTUAL;
	if (is_member && clang.CXXMethod_isConst(c))
		flags |= IR_FUNC_CONST;
	if (kind == CXCursor_Constructor)
		flags |= IR_FUNC_CONSTRUCTOR;
	if (kind == CXCursor_Destructor)
		flags |= IR_FUNC_DESTRUCTOR;
	/* "operator" followed by what no identifier has */
	if (kind == CXCursor_ConversionFunction ||
		(str_has_prefix(simple, "operator") && strspn(simple + 8, " =<>!+-*/%^&|~,()[]\"")))
		flags |= IR_FUNC_OPERATOR;
	if (str_eq(name, "main"))
		flags |= IR_FUNC_MAIN;
	if (clang.Cursor_isVariadic(c))
		flags |= IR_FUNC_VARIADIC;
	if (callee_of(u, c)->flags & IR_CALL_NORETURN)
		flags |= IR_FUNC_NORETURN;
	return flags;
}

static void declare_this(struct lower *l, CXCursor c, struct ir_loc loc)
{
	CXCursor class = clang.getCursorSemanticParent(c);
	struct ir_var v = {.name = keep_str(l->u, "this"), .loc = loc};
	const char *record = type_name(l->u, clang.getCursorType(class));
	if (!record[0])
		record = qualified_name(l->u, class);
	bool is_const = l->f->flags & IR_FUNC_CONST;
	v.type = keep_str(
		l->u, arena_printf(l->u->scratch, "%s%s *", is_const ? "const " : "", record));
	v.flags = IR_VAR_PARAM | IR_VAR_THIS;
	l->this_var = ir_build_var(l->b, v);
}

/* Constructors: `: field(value), Base(value)`, as far as they are written. */
static void lower_member_inits(struct lower *l, const struct cursors *in)
{
	CXCursor field = clang.getNullCursor();
	for (size_t i = 0; i < in->nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in->at[i]);
		if (kind == CXCursor_MemberRef) {
			field = clang.getCursorReferenced(in->at[i]);
			continue;
		}
		if (!clang.isExpression(kind))
			continue;
		struct place at = place_of(l->u, in->at[i]);
		if (clang.getCursorKind(field) != CXCursor_FieldDecl) {
			lower_value(l, in->at[i]);
			continue;
		}
		ir_value object = emit_load(l, emit_var(l, l->this_var, at), at);
		struct ir_op op = {.kind = IR_FIELD, .sym = field_name(l->u, field)};
		ir_value address = emit(l, op, at, &object, 1);
		ir_value v = lower_init(l, in->at[i], clang.getCursorType(field));
		if (v != IR_NONE)
			emit_store(l, address, v, at);
		field = clang.getNullCursor();
	}
}

void lower_body_of(struct lower *l, CXCursor c, CXCursor body)
{
	struct unit *u = l->u;
	lower_stmt(l, body);
	CXSourceLocation end = clang.getRangeEnd(clang.getCursorExtent(body));
	struct ir_loc end_loc = loc_at(u, end);
	if (end_loc.col > 1)
		end_loc.col--;
	l->f->end_line = end_loc.line;
	struct place at = {.loc = end_loc};
	scope_close(l, NULL, at);
	finish_gotos(l);
	if (clang.isInvalidDeclaration(c))
		mark_incomplete(l, "invalid declaration", (struct place){.loc = l->f->loc});
	ir_build_finish(l->b, end_loc);
}

/* A coroutine's body is wrapped in a statement that libclang does not name. */
static bool is_body(enum CXCursorKind kind)
{
	return kind == CXCursor_CompoundStmt || kind == CXCursor_CXXTryStmt ||
	       kind == CXCursor_UnexposedStmt;
}

static void lower_function_body(struct lower *l, CXCursor c)
{
	struct unit *u = l->u;
	struct cursors in = children_of(u, c);
	CXCursor body = clang.getNullCursor();
	for (size_t i = 0; i < in.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in.at[i]);
		if (kind == CXCursor_ParmDecl) {
			uint32_t var = declare_var(l, in.at[i], IR_VAR_PARAM);
			l->f->nr_params = var + 1;
		} else if (is_body(kind)) {
			body = in.at[i];
		}
	}
	for (uint32_t i = 0; i < l->f->nr_params; i++)
		scope_add(l, i);
	if (l->f->flags & IR_FUNC_CONSTRUCTOR)
		lower_member_inits(l, &in);
	if (clang.getCursorKind(body) == CXCursor_UnexposedStmt) {
		mark_incomplete(l, "coroutine", place_of(u, body));
		struct cursors parts = children_of(u, body);
		for (size_t i = 0; i < parts.nr; i++)
			if (clang.getCursorKind(parts.at[i]) == CXCursor_CompoundStmt)
				body = parts.at[i];
	}
	lower_body_of(l, c, body);
}

static bool has_body(CXCursor c)
{
	CXCursor defined = clang.getCursorDefinition(c);
	return !clang.Cursor_isNull(defined) && clang.equalCursors(defined, c);
}

struct finding_body {
	bool has_body;
};

static enum CXChildVisitResult see_body(CXCursor c, CXCursor parent, CXClientData data)
{
	struct finding_body *f = data;
	enum CXCursorKind kind = clang.getCursorKind(c);
	(void)parent;
	if (!is_body(kind))
		return CXChildVisit_Continue;
	f->has_body = true;
	return CXChildVisit_Break;
}

static void lower_record(struct unit *u, CXCursor c, bool is_template);

void lower_function(struct unit *u, CXCursor c, bool is_template)
{
	struct finding_body see = {false};
	if (!has_body(c) || clang.CXXMethod_isDefaulted(c))
		return;
	clang.visitChildren(c, see_body, &see);
	if (!see.has_body)
		return; /* `= delete` */
	const char *link = link_name(u, c);
	if (map_has(&u->defined, link))
		return;
	struct ir_func *f = arena_new(u->out, struct ir_func);
	vec_push(u->scratch, &u->funcs, f);
	map_put(&u->defined, link, f);
	f->name = qualified_name(u, c);
	f->link = link;
	f->ret = type_name(u, clang.getCursorResultType(c));
	f->parent = "";
	f->incomplete = "";
	f->loc = name_loc(u, c, ir_simple_name(f->name));
	f->flags = function_flags(u, c, f->name);
	if (is_template || clang.getCursorKind(c) == CXCursor_FunctionTemplate)
		f->flags |= IR_FUNC_TEMPLATE;
	if (f->loc.line && f->loc.file != 0)
		f->flags |= IR_FUNC_IN_HEADER;
	struct lower l = {
		.u = u, .decl = c, .f = f, .this_var = IR_NONE, .vars = {.arena = u->scratch}};
	l.b = ir_builder_new(u->scratch, u->out, f);
	l.returns_ref = is_reference(clang.getCursorResultType(c));
	if (f->flags & IR_FUNC_METHOD)
		declare_this(&l, c, f->loc);
	f->nr_params = f->flags & IR_FUNC_METHOD ? 1 : 0;
	lower_function_body(&l, c);
	for (size_t i = 0; i < l.records.nr; i++)
		lower_record(u, l.records.at[i], is_template);
}

void note_annotations(struct unit *u, CXCursor c, const char *link)
{
	struct cursors in = children_of(u, c);
	struct note_list *list = NULL;
	for (size_t i = 0; i < in.nr; i++) {
		if (clang.getCursorKind(in.at[i]) != CXCursor_AnnotateAttr)
			continue;
		if (!list) {
			list = map_get(&u->noted, link);
			if (!list) {
				list = arena_new(u->scratch, struct note_list);
				list->name = qualified_name(u, c);
				list->loc = name_loc(u, c, ir_simple_name(list->name));
				map_put(&u->noted, link, list);
			}
		}
		const char *text = keep(u, clang.getCursorSpelling(in.at[i]));
		bool is_known = false;
		for (size_t k = 0; k < list->notes.nr; k++)
			is_known |= list->notes.at[k] == text;
		if (!is_known)
			vec_push(u->scratch, &list->notes, text);
	}
}

static void lower_one_decl(struct unit *u, CXCursor c, bool is_template)
{
	struct cursors in;
	enum CXCursorKind kind = clang.getCursorKind(c);
	switch (kind) {
	case CXCursor_FunctionDecl:
	case CXCursor_FunctionTemplate:
	case CXCursor_CXXMethod:
	case CXCursor_Constructor:
	case CXCursor_Destructor:
	case CXCursor_ConversionFunction:
		if (clang.Cursor_hasAttrs(c))
			note_annotations(u, c, link_name(u, c));
		lower_function(u, c, is_template);
		break;
	case CXCursor_ClassTemplate:
	case CXCursor_ClassTemplatePartialSpecialization:
		lower_record(u, c, true);
		break;
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
	case CXCursor_ClassDecl:
		if (u->cu->is_cxx)
			lower_record(u, c, is_template);
		break;
	case CXCursor_VarDecl:
		if (u->cu->is_cxx)
			lower_global_lambdas(u, c);
		break;
	case CXCursor_Namespace:
	case CXCursor_LinkageSpec:
	case CXCursor_FriendDecl:
	case CXCursor_UnexposedDecl:
		in = children_of(u, c);
		for (size_t i = 0; i < in.nr; i++)
			if (!is_system(in.at[i]))
				lower_one_decl(u, in.at[i], is_template);
		break;
	default:
		break;
	}
}

static void lower_record(struct unit *u, CXCursor c, bool is_template)
{
	struct cursors in = children_of(u, c);
	for (size_t i = 0; i < in.nr; i++)
		lower_one_decl(u, in.at[i], is_template);
}

static enum CXChildVisitResult visit_top(CXCursor c, CXCursor parent, CXClientData data)
{
	struct cursors *to = ((void **)data)[0];
	struct unit *u = ((void **)data)[1];
	(void)parent;
	if (!is_system(c))
		vec_push(u->scratch, to, c);
	return CXChildVisit_Continue;
}

void lower_unit_decls(struct unit *u)
{
	struct cursors top = {0};
	void *data[2] = {&top, u};
	clang.visitChildren(clang.getTranslationUnitCursor(u->tu), visit_top, data);
	top = wanted_decls(u, &top);
	for (size_t i = 0; i < top.nr; i++)
		lower_one_decl(u, top.at[i], false);
}
