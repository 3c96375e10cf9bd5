/* JSON: a strict pass of our own finds the lines, cJSON reads the values, the arena keeps them.
 *
 * cJSON does not tell where a value stands, and it forgives much (control characters, numbers such
 * as 01, text behind the document). So the text is walked first, in the order in which cJSON will
 * build its tree: that walk checks the grammar (RFC 8259), gives precise errors, and notes one line
 * for each value. The copy into the arena walks cJSON's tree in the same order and takes them. */
#include "base/json.h"

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <cJSON.h>

#include <string.h>

#define DEPTH_MAX    200
#define NUMBER_MAX   63 /* cJSON reads a number through a buffer of 64 bytes */
#define INDEXED_FROM 8  /* objects with fewer members are searched one by one */

struct json {
	enum json_type type;
	unsigned line;
	const char *source; /* in the text that was parsed */
	size_t nr;
	union {
		double number;
		bool truth;
		const char *string;
		const struct json *items;
	};
	const char **keys; /* objects only */
	struct map *index; /* large objects only: key → value */
};

struct place_in_text {
	const char *at;
	unsigned line;
};

struct scan {
	struct arena *arena;
	const char *p;
	unsigned line;
	unsigned depth;
	const char *error;
	VEC(struct place_in_text) places; /* of each value, parents before children */
};

static bool scan_value(struct scan *s);

static bool fail(struct scan *s, const char *error)
{
	s->error = error;
	return false;
}

static void skip_space(struct scan *s)
{
	for (;; s->p++) {
		if (*s->p == '\n')
			s->line++;
		else if (*s->p != ' ' && *s->p != '\t' && *s->p != '\r')
			return;
	}
}

/* How the place is called in a message. */
static const char *found(struct scan *s)
{
	unsigned char c = (unsigned char)*s->p;
	if (!c)
		return "the end of the text";
	if (c < 0x20 || c == 0x7f)
		return arena_printf(s->arena, "control character 0x%02x", c);
	size_t n = 1;
	while (c >= 0xc0 && n < 4 && ((unsigned char)s->p[n] & 0xc0) == 0x80)
		n++;
	return arena_printf(s->arena, "'%.*s'", (int)n, s->p);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static unsigned hex4(const char *p)
{
	unsigned v = 0;
	for (int i = 0; i < 4; i++) {
		unsigned c = (unsigned char)p[i];
		v = v * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return v;
}

/* At the backslash. \u0000 is refused, since our texts end with a NUL; so are lone surrogates. */
static bool scan_escape(struct scan *s)
{
	char c = s->p[1];
	if (c && strchr("\"\\/bfnrt", c)) {
		s->p += 2;
		return true;
	}
	if (c != 'u')
		return fail(
			s, c ? "a backslash in a text starts no known escape (\\\\ is a backslash)"
			     : "the text ends inside a string");
	for (int i = 2; i < 6; i++)
		if (!is_hex(s->p[i]))
			return fail(s, "\\u needs four hexadecimal digits");
	unsigned v = hex4(s->p + 2);
	s->p += 6;
	if (v == 0)
		return fail(s, "\\u0000 is not accepted in a text");
	if (v >= 0xdc00 && v <= 0xdfff)
		return fail(s, "the second half of a \\u surrogate pair stands alone");
	if (v < 0xd800 || v > 0xdbff)
		return true;
	if (s->p[0] != '\\' || s->p[1] != 'u')
		return fail(s, "the first half of a \\u surrogate pair stands alone");
	for (int i = 2; i < 6; i++)
		if (!is_hex(s->p[i]))
			return fail(s, "\\u needs four hexadecimal digits");
	v = hex4(s->p + 2);
	if (v < 0xdc00 || v > 0xdfff)
		return fail(s, "the first half of a \\u surrogate pair stands alone");
	s->p += 6;
	return true;
}

static bool scan_string(struct scan *s)
{
	s->p++;
	for (;;) {
		unsigned char c = (unsigned char)*s->p;
		if (c == '"') {
			s->p++;
			return true;
		}
		if (!c)
			return fail(s, "the text ends inside a string");
		if (c == '\n')
			return fail(s, "a string is not closed on its line");
		if (c < 0x20)
			return fail(
				s, arena_printf(s->arena, "a string holds %s; write it as \\u%04x",
					   found(s), c));
		if (c != '\\')
			s->p++;
		else if (!scan_escape(s))
			return false;
	}
}

static bool scan_digits(struct scan *s)
{
	if (*s->p < '0' || *s->p > '9')
		return fail(s, arena_printf(s->arena, "a number lacks digits before %s", found(s)));
	while (*s->p >= '0' && *s->p <= '9')
		s->p++;
	return true;
}

static bool scan_number(struct scan *s)
{
	const char *start = s->p;
	if (*s->p == '-')
		s->p++;
	if (s->p[0] == '0' && s->p[1] >= '0' && s->p[1] <= '9')
		return fail(s, "a number starts with a needless 0");
	if (!scan_digits(s))
		return false;
	if (*s->p == '.') {
		s->p++;
		if (!scan_digits(s))
			return false;
	}
	if (*s->p == 'e' || *s->p == 'E') {
		s->p++;
		if (*s->p == '+' || *s->p == '-')
			s->p++;
		if (!scan_digits(s))
			return false;
	}
	if (s->p - start > NUMBER_MAX)
		return fail(s,
			arena_printf(s->arena, "a number has more than %d characters", NUMBER_MAX));
	return true;
}

/* Behind an element: true at the comma or the closing bracket, which is not yet consumed. */
static bool scan_next(struct scan *s, char close, unsigned opened, const char *what)
{
	skip_space(s);
	if (*s->p == ',' || *s->p == close)
		return true;
	if (!*s->p)
		return fail(s, arena_printf(s->arena, "the text ends inside the %s of line %u",
				       what, opened));
	return fail(s, arena_printf(s->arena, "expected ',' or '%c' in the %s of line %u, found %s",
			       close, what, opened, found(s)));
}

static bool scan_member(struct scan *s, unsigned opened)
{
	if (!*s->p)
		return fail(s, arena_printf(s->arena, "the text ends inside the object of line %u",
				       opened));
	if (*s->p == '}')
		return fail(s, "a comma stands before '}'");
	if (*s->p != '"')
		return fail(s, arena_printf(s->arena, "expected a key in double quotes, found %s",
				       found(s)));
	if (!scan_string(s))
		return false;
	skip_space(s);
	if (*s->p != ':')
		return fail(s,
			arena_printf(s->arena, "expected ':' behind the key, found %s", found(s)));
	s->p++;
	return scan_value(s);
}

static bool scan_container(struct scan *s, char close, const char *what)
{
	unsigned opened = s->line;
	if (++s->depth > DEPTH_MAX)
		return fail(s, arena_printf(s->arena, "more than %d levels of nesting", DEPTH_MAX));
	s->p++;
	skip_space(s);
	while (*s->p != close) {
		bool ok = close == '}' ? scan_member(s, opened) : scan_value(s);
		if (!ok || !scan_next(s, close, opened, what))
			return false;
		if (*s->p == close)
			break;
		s->p++;
		skip_space(s);
		if (*s->p == close)
			return fail(s, arena_printf(s->arena, "a comma stands before '%c'", close));
	}
	s->p++;
	s->depth--;
	return true;
}

static bool scan_word(struct scan *s)
{
	static const char *const words[] = {"true", "false", "null"};
	for (size_t i = 0; i < 3; i++) {
		if (str_has_prefix(s->p, words[i])) {
			s->p += strlen(words[i]);
			return true;
		}
	}
	if (!*s->p)
		return fail(s, "the text ends where a value is expected");
	if (s->p[0] == '/' && (s->p[1] == '/' || s->p[1] == '*'))
		return fail(s, "JSON has no comments");
	if (*s->p == '\'')
		return fail(s, "a string needs double quotes");
	return fail(s, arena_printf(s->arena, "expected a value, found %s", found(s)));
}

static bool scan_value(struct scan *s)
{
	skip_space(s);
	vec_push(s->arena, &s->places, (struct place_in_text){s->p, s->line});
	switch (*s->p) {
	case '{':
		return scan_container(s, '}', "object");
	case '[':
		return scan_container(s, ']', "array");
	case '"':
		return scan_string(s);
	default:
		if (*s->p == '-' || (*s->p >= '0' && *s->p <= '9'))
			return scan_number(s);
		return scan_word(s);
	}
}

static bool scan_document(struct scan *s)
{
	skip_space(s);
	if (!*s->p)
		return fail(s, "the text is empty");
	if (!scan_value(s))
		return false;
	skip_space(s);
	if (*s->p)
		return fail(s,
			arena_printf(s->arena, "expected the end of the text, found %s", found(s)));
	return true;
}

struct copy {
	struct arena *arena;
	const struct place_in_text *places;
	size_t nr_places, next;
	unsigned line; /* of an error */
	const char *error;
};

static bool copy_value(struct copy *c, const cJSON *from, struct json *to);

static bool copy_children(struct copy *c, const cJSON *from, struct json *to)
{
	size_t nr = 0;
	for (const cJSON *child = from->child; child; child = child->next)
		nr++;
	struct json *items = arena_array(c->arena, struct json, nr);
	struct map seen;
	map_init(&seen, c->arena);
	to->items = items;
	to->nr = nr;
	if (to->type == JSON_OBJECT)
		to->keys = arena_array(c->arena, const char *, nr);
	size_t i = 0;
	for (const cJSON *child = from->child; child; child = child->next, i++) {
		if (!copy_value(c, child, &items[i]))
			return false;
		if (to->type != JSON_OBJECT)
			continue;
		to->keys[i] = arena_strdup(c->arena, child->string);
		bool is_twice = nr > INDEXED_FROM && map_has(&seen, to->keys[i]);
		for (size_t k = 0; nr <= INDEXED_FROM && k < i; k++)
			is_twice = is_twice || str_eq(to->keys[k], to->keys[i]);
		if (is_twice) {
			c->line = items[i].line;
			c->error = arena_printf(c->arena, "key \"%s\" appears twice in one object",
				str_one_line(c->arena, to->keys[i]));
			return false;
		}
		if (nr > INDEXED_FROM)
			map_put(&seen, to->keys[i], &items[i]);
	}
	if (to->type == JSON_OBJECT && nr > INDEXED_FROM) {
		to->index = arena_new(c->arena, struct map);
		*to->index = seen;
	}
	return true;
}

static bool copy_value(struct copy *c, const cJSON *from, struct json *to)
{
	if (c->next == c->nr_places) {
		c->line = 1;
		c->error = "this JSON cannot be read";
		return false;
	}
	const struct place_in_text *place = &c->places[c->next++];
	to->line = place->line;
	to->source = place->at;
	if (cJSON_IsBool(from)) {
		to->type = JSON_BOOL;
		to->truth = cJSON_IsTrue(from);
	} else if (cJSON_IsNumber(from)) {
		to->type = JSON_NUMBER;
		to->number = from->valuedouble;
	} else if (cJSON_IsString(from)) {
		to->type = JSON_STRING;
		to->string = arena_strdup(c->arena, from->valuestring);
	} else if (cJSON_IsArray(from) || cJSON_IsObject(from)) {
		to->type = cJSON_IsArray(from) ? JSON_ARRAY : JSON_OBJECT;
		return copy_children(c, from, to);
	}
	return true;
}

static unsigned line_at(const char *text, const char *end)
{
	unsigned line = 1;
	for (; text < end; text++)
		line += *text == '\n';
	return line;
}

const struct json *json_parse(struct arena *a, const char *text, unsigned *line, const char **error)
{
	if (str_has_prefix(text, "\xef\xbb\xbf"))
		text += 3;
	struct scan s = {.arena = a, .p = text, .line = 1};
	if (!scan_document(&s)) {
		*line = s.line;
		*error = s.error;
		return NULL;
	}
	const char *end = text;
	cJSON *tree = cJSON_ParseWithOpts(text, &end, 1);
	if (!tree) {
		*line = line_at(text, end);
		*error = "this JSON cannot be read";
		return NULL;
	}
	struct json *root = arena_new(a, struct json);
	struct copy c = {.arena = a, .places = s.places.at, .nr_places = s.places.nr};
	bool ok = copy_value(&c, tree, root);
	cJSON_Delete(tree);
	if (ok)
		return root;
	*line = c.line;
	*error = c.error;
	return NULL;
}

enum json_type json_type(const struct json *j)
{
	return j->type;
}

unsigned json_line(const struct json *j)
{
	return j->line;
}

const char *json_source(const struct json *j, struct arena *a)
{
	struct scan s = {.arena = a, .p = j->source, .line = 1};
	scan_value(&s);
	return arena_strndup(a, j->source, (size_t)(s.p - j->source));
}

const char *json_string(const struct json *j)
{
	return j && j->type == JSON_STRING ? j->string : NULL;
}

bool json_bool(const struct json *j, bool fallback)
{
	return j && j->type == JSON_BOOL ? j->truth : fallback;
}

double json_number(const struct json *j, double fallback)
{
	return j && j->type == JSON_NUMBER ? j->number : fallback;
}

size_t json_size(const struct json *j)
{
	return j && (j->type == JSON_ARRAY || j->type == JSON_OBJECT) ? j->nr : 0;
}

const struct json *json_at(const struct json *array_or_object, size_t i)
{
	return i < json_size(array_or_object) ? &array_or_object->items[i] : NULL;
}

const char *json_key(const struct json *object, size_t i)
{
	if (!object || object->type != JSON_OBJECT || i >= object->nr)
		return NULL;
	return object->keys[i];
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!object || object->type != JSON_OBJECT)
		return NULL;
	if (object->index)
		return map_get(object->index, key);
	for (size_t i = 0; i < object->nr; i++)
		if (str_eq(object->keys[i], key))
			return &object->items[i];
	return NULL;
}
