/* Which types have a destructor that does something. libclang does not say; the class does. */
#include "frontend/lower.h"

enum answer { TRIVIAL = 1, DOES_WORK };

struct asking {
	struct unit *u;
	CXType type;
	bool does_work, has_dependent;
};

static bool pattern_has_destructor(struct unit *u, CXCursor pattern);

static void ask_type(struct asking *a, CXType t)
{
	t = clang.getCanonicalType(t);
	while (t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray)
		t = clang.getCanonicalType(clang.getArrayElementType(t));
	if (t.kind == CXType_Record && has_destructor(a->u, t))
		a->does_work = true;
	else if (t.kind == CXType_Unexposed || t.kind == CXType_Dependent) {
		CXCursor decl = clang.getTypeDeclaration(t);
		if (clang.getCursorKind(decl) == CXCursor_ClassTemplate &&
			pattern_has_destructor(a->u, decl))
			a->does_work = true;
		else
			a->has_dependent = true;
	}
}

static enum CXChildVisitResult ask_member(CXCursor c, CXCursor parent, CXClientData data)
{
	struct asking *a = data;
	(void)parent;
	switch (clang.getCursorKind(c)) {
	case CXCursor_Destructor:
		if (!clang.CXXMethod_isDefaulted(c) || clang.CXXMethod_isVirtual(c))
			a->does_work = true;
		break;
	case CXCursor_FieldDecl:
	case CXCursor_CXXBaseSpecifier:
		ask_type(a, clang.getCursorType(c));
		break;
	default:
		break;
	}
	return a->does_work ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* A base or member that depends on the arguments, as std::shared_ptr's __shared_ptr<T>, may have a
 * destructor whatever they are. */
static bool pattern_has_destructor(struct unit *u, CXCursor pattern)
{
	uintptr_t known = (uintptr_t)ptr_get(&u->dtors, pattern.data[0]);
	if (known)
		return known == DOES_WORK;
	ptr_put(&u->dtors, pattern.data[0], (void *)(uintptr_t)TRIVIAL);
	CXCursor whole = clang.getCursorDefinition(pattern);
	struct asking a = {.u = u};
	clang.visitChildren(clang.Cursor_isNull(whole) ? pattern : whole, ask_member, &a);
	ptr_put(&u->dtors, pattern.data[0], (void *)(uintptr_t)(a.does_work ? DOES_WORK : TRIVIAL));
	return a.does_work;
}

static bool ask_arguments(struct asking *a)
{
	int nr = clang.Type_getNumTemplateArguments(a->type);
	for (int i = 0; i < nr; i++) {
		CXType t = clang.Type_getTemplateArgumentAsType(a->type, (unsigned)i);
		if (t.kind != CXType_Invalid && is_record(t) && has_destructor(a->u, t))
			return true;
	}
	return false;
}

bool has_destructor(struct unit *u, CXType t)
{
	t = clang.getCanonicalType(t);
	while (t.kind == CXType_ConstantArray)
		t = clang.getCanonicalType(clang.getArrayElementType(t));
	if (t.kind != CXType_Record || !u->cu->is_cxx || clang.isPODType(t))
		return false;
	CXCursor decl = clang.getTypeDeclaration(t);
	uintptr_t known = (uintptr_t)ptr_get(&u->dtors, decl.data[0]);
	if (known)
		return known == DOES_WORK;
	/* a class may hold itself through a template argument: until known, it does nothing */
	ptr_put(&u->dtors, decl.data[0], (void *)(uintptr_t)TRIVIAL);
	CXCursor defined = clang.getCursorDefinition(decl);
	CXCursor pattern = clang.getSpecializedCursorTemplate(decl);
	if (!clang.Cursor_isNull(pattern)) {
		CXCursor whole = clang.getCursorDefinition(pattern);
		defined = clang.Cursor_isNull(whole) ? pattern : whole;
	}
	struct asking a = {.u = u, .type = t};
	if (!clang.Cursor_isNull(defined))
		clang.visitChildren(defined, ask_member, &a);
	if (!a.does_work && a.has_dependent)
		a.does_work = ask_arguments(&a);
	ptr_put(&u->dtors, decl.data[0], (void *)(uintptr_t)(a.does_work ? DOES_WORK : TRIVIAL));
	return a.does_work;
}
