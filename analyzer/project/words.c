/* Words: splits command lines as a shell does and response files as GCC does. */
#include "project/words.h"

#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define RESPONSE_DEPTH 16
#define RESPONSE_BYTES (64u << 20)
#define RESPONSE_WORDS (1u << 20) /* of all response files of one command together */

const char words_break[] = "&&";

static void end_word(struct arena *a, struct strbuf *word, bool *is_open, struct words *out)
{
	if (*is_open)
		vec_push(a, out, arena_strndup(a, strbuf_str(word), word->len));
	word->len = 0;
	*is_open = false;
}

/* Inside double quotes a backslash is special before these only (POSIX shell, 2.2.3). */
static bool is_escaped_in_quotes(char c)
{
	return c == '$' || c == '`' || c == '"' || c == '\\' || c == '\n';
}

/* `p` is behind the opening quote; the place behind the closing one, or NULL when there is none. */
static const char *read_quoted(const char *p, char quote, struct strbuf *word)
{
	for (; *p != quote; p++) {
		if (quote == '"' && *p == '\\' && is_escaped_in_quotes(p[1])) {
			p++;
			if (*p == '\n')
				continue;
		}
		if (!*p)
			return NULL;
		strbuf_addc(word, *p);
	}
	return p + 1;
}

/* Length of the operator that ends a simple command, or 0. */
static size_t operator_length(const char *p)
{
	if (str_has_prefix(p, "&&") || str_has_prefix(p, "||"))
		return 2;
	return *p == ';' || *p == '|' || *p == '\n' ? 1 : 0;
}

bool words_from_shell(struct arena *a, const char *text, struct words *out)
{
	struct strbuf word;
	strbuf_init(&word, a);
	bool is_open = false;
	for (const char *p = text; *p;) {
		size_t n = operator_length(p);
		if (n || *p == ' ' || *p == '\t' || *p == '\r') {
			end_word(a, &word, &is_open, out);
			if (n)
				vec_push(a, out, words_break);
			p += n ? n : 1;
		} else if (*p == '\'' || *p == '"') {
			p = read_quoted(p + 1, *p, &word);
			is_open = true;
			if (!p) {
				end_word(a, &word, &is_open, out);
				return false;
			}
		} else if (p[0] == '\\' && p[1] == '\n') {
			p += 2;
		} else {
			if (p[0] == '\\' && p[1])
				p++;
			strbuf_addc(&word, *p++);
			is_open = true;
		}
	}
	end_word(a, &word, &is_open, out);
	return true;
}

/* GNU rules: blanks separate, both quotes group, a backslash takes the next character as it is
 * wherever it stands (libiberty, buildargv). */
static void words_from_response(struct arena *a, const char *text, struct words *out)
{
	struct strbuf word;
	strbuf_init(&word, a);
	bool is_open = false;
	char quote = 0;
	for (const char *p = text; *p; p++) {
		if (!quote && strchr(" \t\r\n\f\v", *p)) {
			end_word(a, &word, &is_open, out);
			continue;
		}
		is_open = true;
		if (*p == '\\' && p[1])
			strbuf_addc(&word, *++p);
		else if (quote && *p == quote)
			quote = 0;
		else if (!quote && (*p == '\'' || *p == '"'))
			quote = *p;
		else
			strbuf_addc(&word, *p);
	}
	end_word(a, &word, &is_open, out);
}

struct expansion {
	struct arena *arena;
	const char *directory;
	struct words *out, *notes;
	size_t nr_read; /* words that came from response files */
};

static void expand(struct expansion *e, const char *const *words, size_t nr, unsigned depth);

static void expand_file(struct expansion *e, const char *name, unsigned depth)
{
	struct arena *a = e->arena;
	const char *path = path_join(a, e->directory, name);
	if (depth > RESPONSE_DEPTH) {
		vec_push(a, e->notes,
			arena_printf(a, "response file %s: more than %d levels deep, left out",
				path, RESPONSE_DEPTH));
		return;
	}
	const char *text = file_read(a, path, RESPONSE_BYTES, NULL);
	if (!text) {
		/* CMake writes module maps only during the build, and they hold nothing that we
		 * keep. */
		if (!str_has_suffix(path, ".modmap"))
			vec_push(a, e->notes,
				arena_printf(a, "response file %s: %s, left out", path,
					strerror(errno)));
		return;
	}
	struct words read = {0};
	words_from_response(a, text, &read);
	e->nr_read += read.nr;
	if (e->nr_read > RESPONSE_WORDS) {
		vec_push(a, e->notes,
			arena_printf(a, "response file %s: too many words, left out", path));
		return;
	}
	expand(e, read.at, read.nr, depth);
}

static void expand(struct expansion *e, const char *const *words, size_t nr, unsigned depth)
{
	for (size_t i = 0; i < nr; i++) {
		if (words[i][0] == '@' && words[i][1])
			expand_file(e, words[i] + 1, depth + 1);
		else
			vec_push(e->arena, e->out, words[i]);
	}
}

void words_expand(struct arena *a, const char *directory, const char *const *words, size_t nr,
	struct words *out, struct words *notes)
{
	struct expansion e = {.arena = a, .directory = directory, .out = out, .notes = notes};
	expand(&e, words, nr, 0);
}
