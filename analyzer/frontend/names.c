/* Names: qualified without inline namespaces and template arguments, links, callees. */
#include "frontend/lower.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* "C<T>" of a constructor or destructor without its arguments. */
static const char *without_arguments(struct unit *u, const char *name)
{
	const char *angle = strchr(name, '<');
	return angle ? keep_str(u, arena_strndup(u->scratch, name, (size_t)(angle - name))) : name;
}

static const char *own_name(struct unit *u, CXCursor c)
{
	const char *name = keep(u, clang.getCursorSpelling(c));
	switch (clang.getCursorKind(c)) {
	case CXCursor_Constructor:
	case CXCursor_Destructor:
	case CXCursor_ClassDecl:
	case CXCursor_StructDecl:
	case CXCursor_ClassTemplate:
	case CXCursor_ClassTemplatePartialSpecialization:
		if (strchr(name, '('))
			return ""; /* "(anonymous struct at f.c:3:1)" */
		return without_arguments(u, name);
	case CXCursor_UnionDecl:
	case CXCursor_EnumDecl:
	case CXCursor_Namespace:
		return strchr(name, '(') ? "" : name;
	case CXCursor_FunctionTemplate:
		if (!str_has_prefix(name, "operator"))
			return without_arguments(u, name);
		return name;
	default:
		return name;
	}
}

static bool names_a_scope(struct unit *u, CXCursor c)
{
	switch (clang.getCursorKind(c)) {
	case CXCursor_Namespace:
		return !clang.Cursor_isInlineNamespace(c);
	case CXCursor_EnumDecl:
		return clang.EnumDecl_isScoped(c) != 0;
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
	case CXCursor_ClassDecl:
	case CXCursor_ClassTemplate:
	case CXCursor_ClassTemplatePartialSpecialization:
		return true;
	case CXCursor_FunctionDecl:
	case CXCursor_CXXMethod:
	case CXCursor_Constructor:
	case CXCursor_Destructor:
	case CXCursor_ConversionFunction:
	case CXCursor_FunctionTemplate:
		return u->cu->is_cxx;
	default:
		return false;
	}
}

const char *qualified_name(struct unit *u, CXCursor decl)
{
	const char *name = own_name(u, decl);
	for (CXCursor c = clang.getCursorSemanticParent(decl); !clang.Cursor_isNull(c);
		c = clang.getCursorSemanticParent(c)) {
		if (!names_a_scope(u, c))
			continue;
		const char *scope = own_name(u, c);
		if (scope[0] && name[0])
			name = arena_printf(u->scratch, "%s::%s", scope, name);
		else if (scope[0])
			name = scope;
	}
	return keep_str(u, name);
}

const char *field_name(struct unit *u, CXCursor field)
{
	return qualified_name(u, field);
}

/* USRs of functions with internal linkage hold only the base name of their file. */
const char *link_name(struct unit *u, CXCursor decl)
{
	const char *usr = keep(u, clang.getCursorUSR(decl));
	enum CXLinkageKind linkage = clang.getCursorLinkage(decl);
	if (linkage == CXLinkage_External || linkage == CXLinkage_Invalid)
		return usr;
	struct ir_loc loc = loc_at(u, clang.getCursorLocation(decl));
	const char *path = loc.line ? u->files.at[loc.file].path : "";
	return keep_str(u, arena_printf(u->scratch, "%s@%s", usr, path));
}

static bool stands_where(CXCursor a, CXCursor b)
{
	CXFile a_file, b_file;
	unsigned a_at, b_at;
	clang.getExpansionLocation(clang.getCursorLocation(a), &a_file, NULL, NULL, &a_at);
	clang.getExpansionLocation(clang.getCursorLocation(b), &b_file, NULL, NULL, &b_at);
	return a_file == b_file && a_at == b_at;
}

static CXCursor definition_or_self(CXCursor c)
{
	CXCursor defined = clang.getCursorDefinition(c);
	return clang.Cursor_isNull(defined) ? c : defined;
}

/* Calls of an implicit instantiation lead to the pattern, which is what is lowered: the two stand
 * in one place. A full specialisation has its own body, in another place. A member template of a
 * class template is instantiated twice, so that there is a chain of patterns. */
static CXCursor pattern_of(CXCursor decl)
{
	CXCursor own = definition_or_self(decl), last = decl;
	bool is_same = false;
	for (int i = 0; i < 8; i++) {
		CXCursor pattern = clang.getSpecializedCursorTemplate(last);
		if (clang.Cursor_isNull(pattern))
			break;
		last = pattern;
		is_same |= stands_where(own, pattern) ||
			   stands_where(own, definition_or_self(pattern));
	}
	return is_same ? last : decl;
}

/* The attribute stands in the type for __attribute__((noreturn)), on the declaration for _Noreturn
 * and [[noreturn]]; libclang names neither, its printer does. */
static bool never_returns(struct unit *u, CXCursor decl, const char *name)
{
	static const char *const builtin[] = {"__builtin_unreachable", "__builtin_trap",
		"__builtin_abort", "__builtin_longjmp", "__builtin_verbose_trap"};
	for (size_t i = 0; i < sizeof(builtin) / sizeof(builtin[0]); i++)
		if (str_eq(name, builtin[i]))
			return true;
	const char *type = type_name(u, clang.getCursorType(decl));
	if (strstr(type, "noreturn"))
		return true;
	if (!clang.Cursor_hasAttrs(decl))
		return false;
	const char *text = pretty_decl(u, decl);
	return strstr(text, "_Noreturn ") || strstr(text, "noreturn");
}

static uint16_t attribute_flags(struct unit *u, CXCursor decl)
{
	uint16_t flags = 0;
	if (!clang.Cursor_hasAttrs(decl))
		return 0;
	struct cursors in = children_of(u, decl);
	for (size_t i = 0; i < in.nr; i++) {
		enum CXCursorKind kind = clang.getCursorKind(in.at[i]);
		if (kind == CXCursor_PureAttr || kind == CXCursor_ConstAttr)
			flags |= IR_CALL_PURE;
	}
	return flags;
}

static bool is_builtin_name(const char *name)
{
	return str_has_prefix(name, "__builtin_") || str_has_prefix(name, "__sync_") ||
	       str_has_prefix(name, "__atomic_") || str_has_prefix(name, "__c11_atomic_");
}

static void fill_callee(struct unit *u, struct callee *out, CXCursor decl)
{
	enum CXCursorKind kind = clang.getCursorKind(decl);
	out->name = qualified_name(u, decl);
	out->link = link_name(u, pattern_of(decl));
	out->type = clang.getCanonicalType(clang.getCursorType(decl));
	out->is_ctor = kind == CXCursor_Constructor;
	out->is_dtor = kind == CXCursor_Destructor;
	out->is_method = (kind == CXCursor_CXXMethod || kind == CXCursor_ConversionFunction ||
				 out->is_dtor) &&
			 !clang.CXXMethod_isStatic(decl);
	out->is_copy_or_move =
		out->is_ctor && (clang.CXXConstructor_isCopyConstructor(decl) ||
					clang.CXXConstructor_isMoveConstructor(decl));
	out->returns_ref = !out->is_ctor && is_reference(clang.getResultType(out->type));
	out->is_expect = str_eq(out->name, "__builtin_expect") ||
			 str_eq(out->name, "__builtin_expect_with_probability");
	out->flags = attribute_flags(u, decl);
	if (is_system(decl))
		out->flags |= IR_CALL_SYSTEM;
	if (is_builtin_name(out->name))
		out->flags |= IR_CALL_BUILTIN;
	if (out->is_method && clang.CXXMethod_isVirtual(decl))
		out->flags |= IR_CALL_VIRTUAL;
	if (never_returns(u, decl, out->name))
		out->flags |= IR_CALL_NORETURN;
	if (out->is_method) {
		out->flags |= IR_CALL_METHOD;
		CXCursor class = clang.getCursorSemanticParent(decl);
		const struct ir_func *closure = ptr_get(&u->closures, class.data[0]);
		if (closure && str_has_suffix(out->name, "operator()")) {
			out->flags |= IR_CALL_LAMBDA;
			out->name = closure->name;
			out->link = closure->link;
		}
	}
}

const struct callee *callee_of(struct unit *u, CXCursor decl)
{
	struct callee *known = ptr_get(&u->callees, decl.data[0]);
	if (!known) {
		known = arena_new(u->scratch, struct callee);
		fill_callee(u, known, decl);
		ptr_put(&u->callees, decl.data[0], known);
	}
	return known;
}

struct finding_function {
	const char *name;
	CXCursor found;
};

static enum CXChildVisitResult match_function(CXCursor c, CXCursor parent, CXClientData data)
{
	struct finding_function *want = data;
	(void)parent;
	enum CXCursorKind kind = clang.getCursorKind(c);
	if (kind == CXCursor_LinkageSpec || kind == CXCursor_UnexposedDecl ||
		kind == CXCursor_Namespace)
		return CXChildVisit_Recurse;
	if (kind == CXCursor_FunctionDecl) {
		CXString name = clang.getCursorSpelling(c);
		if (str_eq(clang.getCString(name), want->name))
			want->found = c;
		clang.disposeString(name);
	}
	return CXChildVisit_Continue;
}

CXCursor find_function(struct unit *u, const char *name)
{
	struct finding_function want = {ir_simple_name(name), clang.getNullCursor()};
	CXCursor *known = map_get(&u->functions_by_name, name);
	if (known)
		return *known;
	clang.visitChildren(clang.getTranslationUnitCursor(u->tu), match_function, &want);
	known = arena_new(u->scratch, CXCursor);
	*known = want.found;
	map_put(&u->functions_by_name, keep_str(u, name), known);
	return *known;
}
