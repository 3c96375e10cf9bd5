/* Which of a for statement's parts are there: libclang lists those that are, without their roles.
 */
#include "frontend/lower.h"

#include <ctype.h>
#include <string.h>

/* Skips a string or character literal or a comment; `i` stands on its first byte. */
static size_t skip_token(const char *s, size_t n, size_t i)
{
	char c = s[i];
	if (c == '"' || c == '\'') {
		for (i++; i < n && s[i] != c; i++)
			if (s[i] == '\\')
				i++;
		return i + 1;
	}
	if (c == '/' && i + 1 < n && s[i + 1] == '/') {
		while (i < n && s[i] != '\n')
			i++;
		return i;
	}
	if (c == '/' && i + 1 < n && s[i + 1] == '*') {
		for (i += 2; i + 1 < n && !(s[i] == '*' && s[i + 1] == '/'); i++)
			;
		return i + 2;
	}
	return i + 1;
}

/* Offsets of the two semicolons and the last parenthesis of `for (`, from the start of `text`. */
static bool find_semicolons(const char *text, size_t n, size_t at[2], size_t *close)
{
	int depth = 0, found = 0;
	for (size_t i = 0; i < n;) {
		char c = text[i];
		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		else if (c == ';' && depth == 1 && found < 2)
			at[found++] = i;
		if (depth == 0 && c == ')') {
			*close = i;
			return found == 2;
		}
		i = skip_token(text, n, i);
	}
	return false;
}

static bool is_plain(CXCursor c, CXFile *file, unsigned *offset)
{
	CXFile spelled;
	unsigned spelled_offset;
	CXSourceLocation start = clang.getRangeStart(clang.getCursorExtent(c));
	clang.getExpansionLocation(start, file, NULL, NULL, offset);
	clang.getSpellingLocation(start, &spelled, NULL, NULL, &spelled_offset);
	return spelled == *file && spelled_offset == *offset;
}

static bool by_source(struct unit *u, CXCursor c, const struct cursors *in, struct for_parts *out)
{
	CXFile file, other;
	unsigned start, offset;
	size_t left, semicolon[2], close;
	if (!is_plain(c, &file, &start))
		return false;
	const char *text = text_at(u, c, &left);
	if (!text || left < 3 || memcmp(text, "for", 3) != 0 ||
		!find_semicolons(text, left, semicolon, &close))
		return false;
	for (size_t i = 0; i + 1 < in->nr; i++) {
		is_plain(in->at[i], &other, &offset);
		if (other != file || offset < start)
			return false;
		size_t at = offset - start;
		if (clang.getCursorKind(in->at[i]) == CXCursor_VarDecl) {
			out->cond_var = in->at[i];
			out->has_cond_var = true;
		} else if (at < semicolon[0]) {
			out->init = in->at[i];
			out->has_init = true;
		} else if (at < semicolon[1]) {
			out->cond = in->at[i];
			out->has_cond = true;
		} else {
			out->step = in->at[i];
			out->has_step = true;
		}
	}
	return true;
}

enum role { ROLE_INIT, ROLE_COND, ROLE_STEP };

/* What an expression would be in a loop's head, from what it does. */
static enum role guess_role(struct unit *u, CXCursor c, bool is_first)
{
	if (clang.getCursorKind(c) == CXCursor_ParenExpr)
		return ROLE_COND;
	c = unwrap(u, c);
	switch (clang.getCursorKind(c)) {
	case CXCursor_DeclStmt:
	case CXCursor_NullStmt:
		return ROLE_INIT;
	case CXCursor_CompoundAssignOperator:
		return ROLE_STEP;
	case CXCursor_UnaryOperator:
		switch (clang.getCursorUnaryOperatorKind(c)) {
		case CXUnaryOperator_PostInc:
		case CXUnaryOperator_PostDec:
		case CXUnaryOperator_PreInc:
		case CXUnaryOperator_PreDec:
			return ROLE_STEP;
		default:
			return ROLE_COND;
		}
	case CXCursor_BinaryOperator:
		if (clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_Assign)
			return is_first ? ROLE_INIT : ROLE_STEP;
		if (clang.getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma) {
			struct cursors in = operands_of(u, c);
			return in.nr == 2 ? guess_role(u, in.at[1], is_first) : ROLE_COND;
		}
		return ROLE_COND;
	default:
		return ROLE_COND;
	}
}

static void place_part(struct for_parts *out, enum role role, CXCursor c)
{
	if (role == ROLE_INIT) {
		out->init = c;
		out->has_init = true;
	} else if (role == ROLE_COND) {
		out->cond = c;
		out->has_cond = true;
	} else {
		out->step = c;
		out->has_step = true;
	}
}

static size_t find_loop(const char *text, size_t n, size_t i)
{
	while (i < n) {
		bool is_start = !i || !(isalnum((unsigned char)text[i - 1]) || text[i - 1] == '_');
		if (is_start && n - i > 5 && memcmp(text + i, "for (", 5) == 0)
			return i;
		i = skip_token(text, n, i);
	}
	return n;
}

static bool is_blank(const char *text, size_t from, size_t to)
{
	while (from < to && isspace((unsigned char)text[from]))
		from++;
	return from == to;
}

/* The parts that the loop whose text begins with "for (" has, as a set of 1 << enum role;
 * NO_PARTS: a loop over a range. */
#define NO_PARTS 0xffu

static unsigned char printed_parts(const char *text, size_t n)
{
	size_t semicolon[2], close;
	if (!find_semicolons(text, n, semicolon, &close))
		return NO_PARTS;
	return (unsigned char)((is_blank(text, 5, semicolon[0]) ? 0 : 1 << ROLE_INIT) |
			       (is_blank(text, semicolon[0] + 1, semicolon[1]) ? 0
									       : 1 << ROLE_COND) |
			       (is_blank(text, semicolon[1] + 1, close) ? 0 : 1 << ROLE_STEP));
}

static enum CXChildVisitResult see_loop(CXCursor c, CXCursor parent, CXClientData data)
{
	struct lower *l = data;
	enum CXCursorKind kind = clang.getCursorKind(c);
	(void)parent;
	if (kind == CXCursor_ForStmt || kind == CXCursor_CXXForRangeStmt)
		vec_push(l->u->scratch, &l->loops, c);
	return CXChildVisit_Recurse;
}

/* clang prints the whole function with its macros expanded; its n-th loop is the n-th loop of the
 * tree, if there are as many. */
static void print_loops(struct lower *root)
{
	struct unit *u = root->u;
	root->has_loops = true;
	clang.visitChildren(root->decl, see_loop, root);
	CXPrintingPolicy policy = clang.getCursorPrintingPolicy(root->decl);
	CXString printed = clang.getCursorPrettyPrinted(root->decl, policy);
	const char *text = clang.getCString(printed);
	size_t n = text ? strlen(text) : 0;
	for (size_t i = find_loop(text, n, 0); i < n; i = find_loop(text, n, i + 5))
		vec_push(u->scratch, &root->loop_parts, printed_parts(text + i, n - i));
	clang.disposeString(printed);
	clang.PrintingPolicy_dispose(policy);
}

static bool by_print(struct lower *l, CXCursor c, const struct cursors *in, struct for_parts *out)
{
	struct lower *root = l;
	while (root->outer)
		root = root->outer;
	if (!root->has_loops && !clang.Cursor_isNull(root->decl))
		print_loops(root);
	if (root->loops.nr != root->loop_parts.nr)
		return false;
	for (size_t i = 0; i < root->loops.nr; i++) {
		unsigned parts = root->loop_parts.at[i];
		/* the same node: cursors also hold the way that led to them */
		if (root->loops.at[i].data[1] != c.data[1])
			continue;
		size_t at = 0;
		if (parts == NO_PARTS)
			return false;
		for (unsigned role = ROLE_INIT; role <= ROLE_STEP; role++)
			if ((parts & 1u << role) && at + 1 < in->nr)
				place_part(out, (enum role)role, in->at[at++]);
		return at + 1 == in->nr;
	}
	return false;
}

/* Where the printed text is of no help: told by what the parts do. An assignment in parentheses
 * is a condition. */
static bool by_kind(struct unit *u, const struct cursors *in, struct for_parts *out)
{
	size_t nr = in->nr - 1;
	if (nr > 2)
		return false;
	if (nr == 1)
		place_part(out, guess_role(u, in->at[0], true), in->at[0]);
	if (nr == 2) {
		enum role first = guess_role(u, in->at[0], true);
		enum role second = guess_role(u, in->at[1], false);
		if (first == ROLE_STEP)
			first = ROLE_INIT;
		if (second <= first)
			second = first == ROLE_COND ? ROLE_STEP : ROLE_COND;
		place_part(out, first, in->at[0]);
		place_part(out, second, in->at[1]);
	}
	return true;
}

bool for_parts(struct lower *l, CXCursor c, struct for_parts *out)
{
	struct unit *u = l->u;
	struct cursors in = children_of(u, c);
	*out = (struct for_parts){0};
	if (!in.nr)
		return false;
	CXCursor body = out->body = in.at[in.nr - 1];
	if (by_source(u, c, &in, out))
		return true;
	*out = (struct for_parts){.body = body};
	if (in.nr == 1)
		return true;
	if (in.nr == 4) {
		for (unsigned i = 0; i < 3; i++)
			place_part(out, (enum role)i, in.at[i]);
		return true;
	}
	if (by_print(l, c, &in, out))
		return true;
	*out = (struct for_parts){.body = body};
	return by_kind(u, &in, out);
}
