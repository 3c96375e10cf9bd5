/* Which functions of a C unit are worth lowering: a header's static functions only where the unit
 * comes to use them. Headers that are full of inline functions bring a thousand of them into each
 * unit, which uses a handful; a compiler drops the others, and so do we. */
#include "frontend/lower.h"

#include "base/str.h"

struct search {
	struct unit *u;
	struct ptr_map droppable; /* definition → itself, until something refers to it */
	struct ptr_map used;
	struct cursors todo; /* bodies and initialisers to look through */
};

static bool is_annotated(struct unit *u, CXCursor c)
{
	if (!clang.Cursor_hasAttrs(c))
		return false;
	struct cursors in = children_of(u, c);
	for (size_t i = 0; i < in.nr; i++)
		if (clang.getCursorKind(in.at[i]) == CXCursor_AnnotateAttr)
			return true;
	return false;
}

/* Whoever annotates a function wants to hear about it. */
static bool is_droppable(struct unit *u, CXCursor c)
{
	return clang.getCursorKind(c) == CXCursor_FunctionDecl &&
	       clang.getCursorLinkage(c) == CXLinkage_Internal &&
	       loc_at(u, clang.getCursorLocation(c)).file != 0 && !is_annotated(u, c);
}

static void see_function(struct search *s, CXCursor function)
{
	CXCursor body = clang.getCursorDefinition(function);
	const void *key = body.data[0];
	if (clang.Cursor_isNull(body) || !ptr_get(&s->droppable, key) || ptr_get(&s->used, key))
		return;
	ptr_put(&s->used, key, s);
	vec_push(s->u->scratch, &s->todo, body);
}

static enum CXChildVisitResult see_use(CXCursor c, CXCursor parent, CXClientData data)
{
	struct search *s = data;
	enum CXCursorKind kind = clang.getCursorKind(c);
	(void)parent;
	if (kind == CXCursor_DeclRefExpr) {
		CXCursor to = clang.getCursorReferenced(c);
		if (clang.getCursorKind(to) == CXCursor_FunctionDecl)
			see_function(s, to);
	} else if (kind == CXCursor_VarDecl) {
		const char *cleanup = cleanup_of(s->u, c);
		if (cleanup[0])
			see_function(s, find_function(s->u, cleanup));
	}
	return CXChildVisit_Recurse;
}

struct cursors wanted_decls(struct unit *u, const struct cursors *top)
{
	struct search s = {.u = u, .droppable.arena = u->scratch, .used.arena = u->scratch};
	struct cursors wanted = {0};
	if (u->cu->is_cxx)
		return *top;
	for (size_t i = 0; i < top->nr; i++) {
		CXCursor c = top->at[i];
		if (is_droppable(u, c))
			ptr_put(&s.droppable, clang.getCursorDefinition(c).data[0], &s);
		else
			vec_push(u->scratch, &s.todo, c);
	}
	for (size_t i = 0; i < s.todo.nr; i++)
		clang.visitChildren(s.todo.at[i], see_use, &s);
	for (size_t i = 0; i < top->nr; i++) {
		const void *body = clang.getCursorDefinition(top->at[i]).data[0];
		if (!ptr_get(&s.droppable, body) || ptr_get(&s.used, body))
			vec_push(u->scratch, &wanted, top->at[i]);
	}
	return wanted;
}
