/* Which of a for statement's parts are there: libclang lists those that are, without their roles.
 */
#include "frontend/lower.h"

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

/* Offsets of the two semicolons of `for (` … from the start of `text`. */
static bool find_semicolons(const char *text, size_t n, size_t at[2])
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
		if (depth == 0 && (c == ')'))
			return found == 2;
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
	size_t left, semicolon[2];
	if (!is_plain(c, &file, &start))
		return false;
	const char *text = text_at(u, c, &left);
	if (!text || left < 3 || memcmp(text, "for", 3) != 0 ||
		!find_semicolons(text, left, semicolon))
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

/* Inside macros offsets say nothing: one or two parts are told by their kinds. */
static bool by_kind(struct unit *u, const struct cursors *in, struct for_parts *out)
{
	size_t nr = in->nr - 1;
	out->is_guess = nr == 1 || nr == 2;
	if (nr > 3)
		return false;
	if (nr == 3)
		for (size_t i = 0; i < 3; i++)
			place_part(out, (enum role)i, in->at[i]);
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

bool for_parts(struct unit *u, CXCursor c, struct for_parts *out)
{
	struct cursors in = children_of(u, c);
	*out = (struct for_parts){0};
	if (!in.nr)
		return false;
	out->body = in.at[in.nr - 1];
	if (by_source(u, c, &in, out))
		return true;
	CXCursor body = out->body;
	*out = (struct for_parts){.body = body};
	return by_kind(u, &in, out);
}
