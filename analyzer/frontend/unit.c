/* A unit's context: strings, files, places, types, and walking the tree. */
#include "frontend/lower.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t ptr_slot(const struct ptr_map *m, const void *key)
{
	uint64_t h = hash_bytes(&key, sizeof(key));
	size_t i = (size_t)h & (m->cap - 1);
	while (m->keys[i] && m->keys[i] != key)
		i = (i + 1) & (m->cap - 1);
	return i;
}

void *ptr_get(const struct ptr_map *m, const void *key)
{
	return m->nr && key ? m->values[ptr_slot(m, key)] : NULL;
}

void ptr_put(struct ptr_map *m, const void *key, void *value)
{
	if (!key)
		return;
	if ((m->nr + 1) * 4 > m->cap * 3) {
		struct ptr_map bigger = {.arena = m->arena, .cap = m->cap ? m->cap * 2 : 16};
		bigger.keys = arena_array(m->arena, const void *, bigger.cap);
		bigger.values = arena_array(m->arena, void *, bigger.cap);
		for (size_t i = 0; i < m->cap; i++)
			if (m->keys[i])
				ptr_put(&bigger, m->keys[i], m->values[i]);
		*m = bigger;
	}
	size_t i = ptr_slot(m, key);
	if (!m->keys[i])
		m->nr++;
	m->keys[i] = key;
	m->values[i] = value;
}

const char *keep_str(struct unit *u, const char *s)
{
	return intern(&u->in, s ? s : "");
}

const char *keep(struct unit *u, CXString s)
{
	const char *text = clang.getCString(s);
	const char *kept = keep_str(u, text);
	clang.disposeString(s);
	return kept;
}

struct collecting {
	struct arena *arena;
	struct cursors *out;
	bool expressions;
};

static enum CXChildVisitResult collect(CXCursor c, CXCursor parent, CXClientData data)
{
	struct collecting *to = data;
	(void)parent;
	if (!to->expressions || clang.isExpression(clang.getCursorKind(c)))
		vec_push(to->arena, to->out, c);
	return CXChildVisit_Continue;
}

struct cursors children_of(struct unit *u, CXCursor c)
{
	struct cursors found = {0};
	struct collecting to = {u->scratch, &found, false};
	clang.visitChildren(c, collect, &to);
	return found;
}

struct cursors operands_of(struct unit *u, CXCursor c)
{
	struct cursors found = {0};
	struct collecting to = {u->scratch, &found, true};
	clang.visitChildren(c, collect, &to);
	return found;
}

static const char *hash_of(struct unit *u, CXFile file)
{
	size_t size = 0;
	const char *bytes = clang.getFileContents(u->tu, file, &size);
	struct hash128 h;
	char hex[33];
	hash128_init(&h);
	if (bytes)
		hash128_add(&h, bytes, size);
	hash128_hex(&h, hex);
	return keep_str(u, hex);
}

/* Where a file is. A ".." behind a link leads elsewhere than its name says: with /lib as a link to
 * usr/lib, /lib/gcc/../../include is /usr/include, and that is how libstdc++'s headers are found.
 */
static const char *path_of(struct unit *u, const char *name)
{
	const char *path = path_join(u->scratch, u->cu->directory, name);
	if (!strstr(name, "/../") || access(path, F_OK) == 0)
		return path;
	char real[PATH_MAX];
	if (name[0] != '/')
		name = arena_printf(u->scratch, "%s/%s", u->cu->directory, name);
	return realpath(name, real) ? arena_strndup(u->scratch, real, strlen(real)) : path;
}

uint32_t file_number(struct unit *u, CXFile file)
{
	uint32_t known = (uint32_t)(uintptr_t)ptr_get(&u->file_numbers, file);
	if (known)
		return known - 1;
	CXString name = clang.getFileName(file);
	const char *text = clang.getCString(name);
	const char *path = path_of(u, text ? text : "");
	clang.disposeString(name);
	path = keep_str(u, path);
	/* one file may be known under two handles, when it was included by two spellings */
	uint32_t number = (uint32_t)u->files.nr;
	for (uint32_t i = 0; i < u->files.nr; i++)
		if (u->files.at[i].path == path)
			number = i;
	if (number == u->files.nr) {
		CXSourceLocation start = clang.getLocation(u->tu, file, 1, 1);
		struct ir_file f = {.path = path, .hash = ""};
		f.is_system = clang.Location_isInSystemHeader(start) != 0;
		if (!f.is_system)
			f.hash = hash_of(u, file);
		vec_push(u->out, &u->files, f);
		vec_push(u->scratch, &u->handles, file);
	}
	ptr_put(&u->file_numbers, file, (void *)(uintptr_t)(number + 1));
	return number;
}

static uint16_t clamp16(unsigned n)
{
	return n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
}

struct ir_loc loc_at(struct unit *u, CXSourceLocation at)
{
	CXFile file = NULL;
	unsigned line = 0, col = 0;
	clang.getExpansionLocation(at, &file, &line, &col, NULL);
	if (!file)
		return (struct ir_loc){0};
	return (struct ir_loc){.file = file_number(u, file), .line = line, .col = clamp16(col)};
}

struct place place_of(struct unit *u, CXCursor c)
{
	CXSourceRange range = clang.getCursorExtent(c);
	CXSourceLocation start = clang.getRangeStart(range);
	CXFile file = NULL, end_file = NULL, spelled = NULL;
	unsigned line, col, offset, end_line, end_col, spelled_offset;
	clang.getExpansionLocation(start, &file, &line, &col, &offset);
	struct place p = {0};
	if (!file)
		return p;
	p.loc = (struct ir_loc){.file = file_number(u, file), .line = line, .col = clamp16(col)};
	clang.getExpansionLocation(clang.getRangeEnd(range), &end_file, &end_line, &end_col, NULL);
	if (end_file == file && end_line == line && end_col > col)
		p.loc.end_col = clamp16(end_col);
	clang.getSpellingLocation(start, &spelled, NULL, NULL, &spelled_offset);
	if (spelled != file || spelled_offset != offset)
		p.flags = IR_IN_MACRO;
	return p;
}

struct ir_loc name_loc(struct unit *u, CXCursor c, const char *name)
{
	struct ir_loc loc = loc_at(u, clang.getCursorLocation(c));
	if (loc.line)
		loc.end_col = clamp16(loc.col + (unsigned)strlen(name));
	return loc;
}

struct place end_place(struct unit *u, CXCursor c)
{
	struct place p = {0};
	p.loc = loc_at(u, clang.getRangeEnd(clang.getCursorExtent(c)));
	if (p.loc.col > 1)
		p.loc.col--;
	return p;
}

unsigned raw_begin(CXCursor c)
{
	return clang.getCursorExtent(c).begin_int_data;
}

const char *text_at(struct unit *u, CXCursor c, size_t *left)
{
	CXFile file = NULL;
	unsigned offset = 0;
	size_t size = 0;
	CXSourceLocation start = clang.getRangeStart(clang.getCursorExtent(c));
	clang.getSpellingLocation(start, &file, NULL, NULL, &offset);
	const char *bytes = file ? clang.getFileContents(u->tu, file, &size) : NULL;
	if (!bytes || offset >= size)
		return NULL;
	*left = size - offset;
	return bytes + offset;
}

bool starts_with_word(struct unit *u, CXCursor c, const char *word)
{
	size_t left, n = strlen(word);
	const char *text = text_at(u, c, &left);
	if (!text || left < n || memcmp(text, word, n) != 0)
		return false;
	return left == n || !(isalnum((unsigned char)text[n]) || text[n] == '_');
}

CXType canonical_type(CXCursor c)
{
	return clang.getCanonicalType(clang.getCursorType(c));
}

/* "(lambda at /home/me/f.cc:3:4)" names its file by the path it was compiled with: only the last
 * part stays, so that the same code has the same types everywhere. */
static const char *without_directories(struct unit *u, const char *name)
{
	struct strbuf out;
	const char *at = strstr(name, " at ");
	if (!at)
		return name;
	strbuf_init(&out, u->scratch);
	while (at) {
		const char *path = at + strlen(" at ");
		strbuf_addn(&out, name, (size_t)(path - name));
		name = path;
		for (; *path && *path != ')' && *path != ':'; path++)
			if (*path == '/')
				name = path + 1;
		at = strstr(name, " at ");
	}
	strbuf_add(&out, name);
	return keep_str(u, strbuf_str(&out));
}

const char *type_name(struct unit *u, CXType t)
{
	t = clang.getCanonicalType(t);
	if (t.kind == CXType_Invalid)
		return "";
	t = clang.getUnqualifiedType(t);
	const char *known = ptr_get(&u->types, t.data[0]);
	if (!known) {
		known = without_directories(u, keep(u, clang.getTypeSpelling(t)));
		ptr_put(&u->types, t.data[0], (void *)(uintptr_t)known);
	}
	return known;
}

bool is_reference(CXType t)
{
	t = clang.getCanonicalType(t);
	return t.kind == CXType_LValueReference || t.kind == CXType_RValueReference;
}

bool is_record(CXType t)
{
	return clang.getCanonicalType(t).kind == CXType_Record;
}

bool is_system(CXCursor c)
{
	return clang.Location_isInSystemHeader(clang.getCursorLocation(c)) != 0;
}

const char *pretty_decl(struct unit *u, CXCursor decl)
{
	CXPrintingPolicy policy = clang.getCursorPrintingPolicy(decl);
	clang.PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
	const char *text = keep(u, clang.getCursorPrettyPrinted(decl, policy));
	clang.PrintingPolicy_dispose(policy);
	return text;
}

CXCursor unwrap(struct unit *u, CXCursor c)
{
	for (;;) {
		enum CXCursorKind kind = clang.getCursorKind(c);
		if (kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr)
			return c;
		struct cursors in = operands_of(u, c);
		if (in.nr != 1)
			return c;
		/* an implicit node begins where its operand does; va_arg and its like do not */
		if (kind == CXCursor_UnexposedExpr && raw_begin(in.at[0]) != raw_begin(c))
			return c;
		c = in.at[0];
	}
}
