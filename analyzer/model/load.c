/* Reading a model file: JSON in, entries out, or one error that names the line. Nothing of a file
 * is added before all of it was found good. */
#include "base/embedded.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

struct loader {
	struct arena *arena; /* of the models */
	struct arena scratch;
	struct model_error *error;
	const char *file;
	const char *model; /* its name */
	VEC(struct model_call) calls;
	VEC(struct model_type) types;
	VEC(struct model_io) ios;
	VEC(struct model_string) strings;
	VEC(struct model_callback) callbacks;
	VEC(struct model_name) names;
	struct map seen; /* "call name" and its like, within this file: to its line */
};

struct words {
	const char *const *at;
	size_t nr;
};

#define WORDS(...)                                                                                 \
	((struct words){(const char *const[]){__VA_ARGS__},                                        \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)})

#define X(name, text) text,
static const char *const effects[] = {MODEL_EFFECTS(X)};
#undef X
#define X(id, text) text,
static const char *const roles[] = {MODEL_ROLES(X)};
static const char *const costs[] = {MODEL_COSTS(X)};
static const char *const builds[] = {MODEL_BUILDS(X)};
static const char *const callback_kinds[] = {MODEL_CALLBACKS(X)};
static const char *const sources[] = {MODEL_SOURCES(X)};
static const char *const sinks[] = {MODEL_SINKS(X)};
static const char *const meanings[] = {MODEL_MEANINGS(X)};
static const char *const name_places[] = {MODEL_NAME_PLACES(X)};
#define Y(member, text, result) text,
static const char *const call_keys[] = {MODEL_CALL_WORDS, MODEL_POSITIONS(Y) MODEL_FLAGS(X)};
#undef Y
#undef X

#define X(id, text) id,
static const enum model_role role_ids[] = {MODEL_ROLES(X)};
static const enum model_cost cost_ids[] = {MODEL_COSTS(X)};
#undef X

#define NR(array)     (sizeof(array) / sizeof(*(array)))
#define IN_ARRAY(arr) ((struct words){(arr), NR(arr)})

__attribute__((format(printf, 3, 4))) static bool fail(
	struct loader *l, const struct json *at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	l->error->line = at ? json_line(at) : 0;
	l->error->text = arena_vprintf(l->arena, fmt, ap);
	va_end(ap);
	return false;
}

/* "; did you mean "span"?", or the words that are known when none is near. */
static const char *hint(struct loader *l, const char *word, struct words known)
{
	const char *near = str_nearest(word, known.at, known.nr);
	if (near)
		return arena_printf(&l->scratch, "; did you mean \"%s\"?", near);
	struct strbuf b;
	strbuf_init(&b, &l->scratch);
	for (size_t i = 0; i < known.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "; known are ", known.at[i]);
	return strbuf_str(&b);
}

/* `what` is spoken of as "a call", "an io entry" in errors. */
static bool check_keys(
	struct loader *l, const struct json *object, const char *what, struct words known)
{
	if (json_type(object) != JSON_OBJECT)
		return fail(l, object, "%s is an object: { \"match\": …, … }", what);
	for (size_t i = 0; i < json_size(object); i++) {
		const char *key = json_key(object, i);
		bool is_known = false;
		for (size_t k = 0; k < known.nr && !is_known; k++)
			is_known = str_eq(key, known.at[k]);
		if (!is_known)
			return fail(l, json_at(object, i), "unknown key \"%s\" in %s%s", key, what,
				hint(l, key, known));
		if (str_eq(key, "$comment") && !json_string(json_at(object, i)))
			return fail(l, json_at(object, i), "\"$comment\" must be a text");
	}
	return true;
}

/* A text that need not be there; `*out` is then left as it is. */
static bool read_text(
	struct loader *l, const struct json *object, const char *key, const char **out)
{
	const struct json *j = json_get(object, key);
	if (!j)
		return true;
	if (json_type(j) != JSON_STRING)
		return fail(l, j, "\"%s\" must be a text", key);
	if (!*json_string(j))
		return fail(l, j, "\"%s\" must not be empty", key);
	*out = arena_strdup(l->arena, json_string(j));
	return true;
}

/* A text, or a list of texts. */
static bool read_texts(struct loader *l, const struct json *object, const char *key,
	const char ***out, uint32_t *nr)
{
	const struct json *j = json_get(object, key);
	if (!j)
		return true;
	bool is_list = json_type(j) == JSON_ARRAY;
	size_t n = is_list ? json_size(j) : 1;
	*out = arena_array(l->arena, const char *, n);
	*nr = (uint32_t)n;
	if (!n)
		return fail(l, j, "\"%s\" is an empty list", key);
	for (size_t i = 0; i < n; i++) {
		const struct json *one = is_list ? json_at(j, i) : j;
		if (json_type(one) != JSON_STRING)
			return fail(l, one, "\"%s\" must be a text, or a list of texts", key);
		if (!*json_string(one))
			return fail(l, one, "\"%s\" must not be empty", key);
		(*out)[i] = arena_strdup(l->arena, json_string(one));
	}
	return true;
}

static bool read_bool(struct loader *l, const struct json *object, const char *key, bool *out)
{
	const struct json *j = json_get(object, key);
	if (j && json_type(j) != JSON_BOOL)
		return fail(l, j, "\"%s\" must be true or false", key);
	*out = j && json_bool(j, false);
	return true;
}

/* One of the known words, which must be there. */
static bool read_word(struct loader *l, const struct json *object, const char *key,
	const char *what, struct words known, size_t *out)
{
	const struct json *j = json_get(object, key);
	if (!j)
		return fail(l, object, "%s needs a \"%s\"", what, key);
	const char *text = json_string(j);
	if (!text)
		return fail(l, j, "\"%s\" must be a text", key);
	for (size_t i = 0; i < known.nr; i++) {
		if (str_eq(text, known.at[i])) {
			*out = i;
			return true;
		}
	}
	return fail(l, j, "unknown %s \"%s\"%s", key, text, hint(l, text, known));
}

static bool read_position(
	struct loader *l, const struct json *object, const char *key, bool may_result, int *out)
{
	const struct json *j = json_get(object, key);
	*out = MODEL_NONE;
	if (!j)
		return true;
	const char *text = json_string(j);
	if (text && may_result && str_eq(text, "result")) {
		*out = MODEL_RESULT;
		return true;
	}
	double n = json_number(j, -1);
	if (json_type(j) != JSON_NUMBER || n < 0 || n > MODEL_LAST_POSITION || n != floor(n))
		return fail(l, j,
			"\"%s\" must be a position: 0 for the method's object, 1 for the first "
			"argument, …, %d%s",
			key, MODEL_LAST_POSITION, may_result ? ", or \"result\"" : "");
	*out = (int)n;
	return true;
}

/* The part of a call name behind its last "operator", or NULL: `<` and `(` may stand there. */
static const char *after_operator(const char *name)
{
	const char *p = strstr(name, "operator");
	return p ? p + strlen("operator") : NULL;
}

static bool check_match(struct loader *l, const struct json *j, bool is_type)
{
	const char *s = json_string(j);
	if (!s || !*s)
		return fail(l, j, "\"match\" must be a name, or a list of names");
	size_t n = strlen(s);
	if (s[0] == ' ' || s[n - 1] == ' ')
		return fail(l, j, "\"match\" has a space at its %s", s[0] == ' ' ? "start" : "end");
	if (is_type && (s[n - 1] == '&' || str_has_suffix(s, " *")))
		return fail(l, j, "a type is matched without its pointers and references: \"%.*s\"",
			(int)strcspn(s, s[n - 1] == '&' ? "&" : " "), s);
	if (is_type)
		return true;
	const char *op = after_operator(s), *bad = strpbrk(s, "<(,");
	if (bad && (!op || bad < op))
		return fail(l, j, "a call is matched by its name alone, without %s",
			*bad == '<' ? "template arguments" : "parameters");
	const char *space = strchr(s, ' ');
	if (space && (!op || space < op))
		return fail(l, j, "a name has no spaces: \"%s\"", s);
	return true;
}

static bool check_unseen(
	struct loader *l, const struct json *j, const char *table, const char *match)
{
	char *key = arena_printf(&l->scratch, "%s %s", table, match);
	size_t line = (size_t)(uintptr_t)map_get(&l->seen, key);
	if (line)
		return fail(l, j, "\"%s\" is matched twice under \"%s\": already on line %zu",
			match, table, line);
	map_put(&l->seen, key, (void *)(uintptr_t)json_line(j));
	return true;
}

/* The number of names in "match", a text or a list of texts; 0: error. */
static size_t nr_matches(struct loader *l, const struct json *object, const char *what)
{
	const struct json *j = json_get(object, "match");
	if (!j) {
		fail(l, object, "%s needs a \"match\"", what);
		return 0;
	}
	if (json_type(j) != JSON_ARRAY)
		return 1;
	if (!json_size(j))
		fail(l, j, "\"match\" is an empty list");
	return json_size(j);
}

/* The name number `i`, checked, or NULL. */
static const char *read_match(
	struct loader *l, const struct json *object, size_t i, const char *table)
{
	const struct json *j = json_get(object, "match");
	if (json_type(j) == JSON_ARRAY)
		j = json_at(j, i);
	if (!check_match(l, j, str_eq(table, "types")) ||
		!check_unseen(l, j, table, json_string(j)))
		return NULL;
	return arena_strdup(l->arena, json_string(j));
}

static bool read_type(struct loader *l, const struct json *object)
{
	static const char what[] = "a type";
	struct model_type t = {.model = l->model};
	size_t role = 0, nr;
	if (!check_keys(l, object, what, WORDS(MODEL_TYPE_KEYS)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "role", what, IN_ARRAY(roles), &role) ||
		!read_bool(l, object, "ends_on_destroy", &t.ends_on_destroy) ||
		!read_bool(l, object, "is_shared", &t.is_shared))
		return false;
	t.role = role_ids[role];
	for (size_t i = 0; i < nr; i++) {
		t.match = read_match(l, object, i, "types");
		if (!t.match)
			return false;
		vec_push(l->arena, &l->types, t);
	}
	return true;
}

static bool read_value_type(struct loader *l, const struct json *object, const char **out)
{
	static const char *const words[] = {MODEL_VALUE_TYPES};
	const struct json *j = json_get(object, "value_type");
	for (size_t i = 0; j && i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq(json_string(j), words[i])) {
			*out = words[i];
			return true;
		}
	}
	return !j || fail(l, j,
			     "\"value_type\" must be string, int, double or boolean: what the "
			     "attribute is, whatever is passed");
}

static bool has_one_of(const struct json *object, const char *needs)
{
	for (const char *p = needs; *p;) {
		size_t n = strcspn(p, " ");
		for (size_t i = 0; i < json_size(object); i++) {
			const char *key = json_key(object, i);
			if (strlen(key) == n && memcmp(key, p, n) == 0 &&
				json_bool(json_at(object, i), true))
				return true;
		}
		p += n + (p[n] == ' ');
	}
	return !*needs;
}

/* "a" or "b" or "c" out of "a b c". */
static const char *either(struct loader *l, const char *needs)
{
	struct strbuf b;
	strbuf_init(&b, &l->scratch);
	for (const char *p = needs; *p;) {
		size_t n = strcspn(p, " ");
		strbuf_addf(&b, "%s\"%.*s\"", p == needs ? "" : " or ", (int)n, p);
		p += n + (p[n] == ' ');
	}
	return strbuf_str(&b);
}

static bool check_needs(struct loader *l, const struct json *object, enum model_effect effect)
{
	static const struct {
		enum model_effect effect;
		const char *needs[2];
	} table[] = {
#define X(id, first, second) {id, {first, second}},
		MODEL_NEEDS(X)
#undef X
	};
	for (size_t i = 0; i < NR(table); i++)
		for (size_t n = 0; table[i].effect == effect && n < 2; n++)
			if (!has_one_of(object, table[i].needs[n]))
				return fail(l, object, "a call with effect \"%s\" needs %s",
					model_effect_name(effect), either(l, table[i].needs[n]));
	return true;
}

static bool read_flags(struct loader *l, const struct json *object, uint32_t *flags)
{
	static const struct {
		uint32_t bit;
		const char *key;
	} table[] = {
#define X(bit, key) {bit, key},
		MODEL_FLAGS(X)
#undef X
	};
	for (size_t i = 0; i < NR(table); i++) {
		bool is_set;
		if (!read_bool(l, object, table[i].key, &is_set))
			return false;
		*flags |= is_set ? table[i].bit : 0;
	}
	return true;
}

static bool read_call(struct loader *l, const struct json *object)
{
	static const char what[] = "a call";
	struct model_call c = {.model = l->model, .value_type = ""};
	size_t effect = 0, nr;
	if (!check_keys(l, object, what, IN_ARRAY(call_keys)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "effect", what, IN_ARRAY(effects), &effect) ||
		!read_texts(l, object, "key_text", &c.key_texts, &c.nr_key_texts) ||
		!read_value_type(l, object, &c.value_type) || !read_flags(l, object, &c.flags))
		return false;
	c.effect = (enum model_effect)effect;
#define X(member, key, may_result)                                                                 \
	if (!read_position(l, object, key, may_result, &c.member))                                 \
		return false;
	MODEL_POSITIONS(X)
#undef X
	if (!check_needs(l, object, c.effect))
		return false;
	for (size_t i = 0; i < nr; i++) {
		c.match = read_match(l, object, i, "calls");
		if (!c.match)
			return false;
		vec_push(l->arena, &l->calls, c);
	}
	return true;
}

static bool read_io(struct loader *l, const struct json *object)
{
	static const char what[] = "an io entry";
	struct model_io io = {.model = l->model, .kind = ""};
	size_t cost = 0, nr;
	if (!check_keys(l, object, what, WORDS(MODEL_IO_KEYS)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "cost", what, IN_ARRAY(costs), &cost) ||
		!read_text(l, object, "kind", &io.kind) ||
		!read_bool(l, object, "outgoing", &io.is_outgoing_request))
		return false;
	io.cost = cost_ids[cost];
	for (size_t i = 0; i < nr; i++) {
		io.match = read_match(l, object, i, "io");
		if (!io.match)
			return false;
		vec_push(l->arena, &l->ios, io);
	}
	return true;
}

/* What each way of building needs: without it, nothing could be followed. */
static bool check_string(struct loader *l, const struct json *object, const struct model_string *s)
{
	bool is_sink = s->build == BUILD_SINK, is_read = s->build == BUILD_READ;
	if (is_sink != (s->sink != SINK_NONE))
		return fail(
			l, object, "a \"sink\" belongs to \"build\": \"sink\", and it needs one");
	if (is_read != (s->source != SOURCE_NONE))
		return fail(
			l, object, "a \"source\" belongs to \"build\": \"read\", and it needs one");
	if (!is_sink && s->into == MODEL_NONE)
		return fail(l, object, "a string entry needs an \"into\"");
	return !is_sink || s->from > 0 || fail(l, object, "a sink needs a \"from\"");
}

static bool read_string_entry(struct loader *l, const struct json *object)
{
	static const char what[] = "a string entry";
	struct model_string s = {.model = l->model};
	size_t build = 0, nr, source = 0, sink = 0;
	bool has_source = json_get(object, "source"), has_sink = json_get(object, "sink");
	if (!check_keys(l, object, what, WORDS(MODEL_STRING_KEYS)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "build", what, IN_ARRAY(builds), &build) ||
		!read_position(l, object, "into", true, &s.into) ||
		!read_position(l, object, "format", false, &s.format) ||
		!read_position(l, object, "from", false, &s.from) ||
		!read_position(l, object, "name", false, &s.name) ||
		(has_source && !read_word(l, object, "source", what, IN_ARRAY(sources), &source)) ||
		(has_sink && !read_word(l, object, "sink", what, IN_ARRAY(sinks), &sink)))
		return false;
	s.build = (enum model_build)build;
	s.source = has_source ? (enum model_source)(source + 1) : SOURCE_NONE;
	s.sink = has_sink ? (enum model_sink)(sink + 1) : SINK_NONE;
	if (!check_string(l, object, &s))
		return false;
	for (size_t i = 0; i < nr; i++) {
		s.match = read_match(l, object, i, "strings");
		if (!s.match)
			return false;
		vec_push(l->arena, &l->strings, s);
	}
	return true;
}

/* "in": a list of places; without it, all of them. */
static bool read_places(struct loader *l, const struct json *object, uint32_t *out)
{
	const struct json *list = json_get(object, "in");
	struct words known = IN_ARRAY(name_places);
	*out = list ? 0 : UINT32_MAX;
	if (list && (json_type(list) != JSON_ARRAY || !json_size(list)))
		return fail(l, list, "\"in\" must be a list of places, such as [ \"key\" ]");
	for (size_t i = 0; list && i < json_size(list); i++) {
		const struct json *one = json_at(list, i);
		size_t k = 0;
		while (k < known.nr && !str_eq(json_string(one), known.at[k]))
			k++;
		if (k == known.nr)
			return fail(l, one, "unknown place%s",
				hint(l, json_string(one) ? json_string(one) : "", known));
		*out |= 1u << k;
	}
	return true;
}

static bool read_name(struct loader *l, const struct json *object)
{
	static const char what[] = "a name";
	struct model_name n = {.model = l->model};
	size_t meaning = 0, nr;
	if (!check_keys(l, object, what, WORDS(MODEL_NAME_KEYS)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "meaning", what, IN_ARRAY(meanings), &meaning) ||
		!read_places(l, object, &n.places) ||
		!read_bool(l, object, "qualified", &n.is_qualified))
		return false;
	n.meaning = (enum model_meaning)meaning;
	for (size_t i = 0; i < nr; i++) {
		n.match = read_match(l, object, i,
			arena_printf(
				&l->scratch, "names of %s in %u", meanings[meaning], n.places));
		if (!n.match)
			return false;
		vec_push(l->arena, &l->names, n);
	}
	return true;
}

/* "function": 4, or [1, 2]. */
static bool read_positions(struct loader *l, const struct json *object, uint32_t *out)
{
	const struct json *j = json_get(object, "function");
	bool is_list = j && json_type(j) == JSON_ARRAY;
	for (size_t i = 0; j && i < (is_list ? json_size(j) : 1); i++) {
		const struct json *one = is_list ? json_at(j, i) : j;
		double n = json_number(one, -1);
		if (json_type(one) != JSON_NUMBER || n < 1 || n > MODEL_LAST_POSITION ||
			n != floor(n))
			return fail(l, one,
				"\"function\" must be a position, or a list of them: 1 for the "
				"first argument, …, %d",
				MODEL_LAST_POSITION);
		*out |= 1u << (unsigned)n;
	}
	return !is_list || json_size(j) || fail(l, j, "\"function\" is an empty list");
}

static bool read_callback(struct loader *l, const struct json *object)
{
	static const char what[] = "a callback entry";
	struct model_callback c = {.model = l->model};
	size_t kind = 0, nr;
	if (!check_keys(l, object, what, WORDS(MODEL_CALLBACK_KEYS)) ||
		!(nr = nr_matches(l, object, what)) ||
		!read_word(l, object, "kind", what, IN_ARRAY(callback_kinds), &kind) ||
		!read_positions(l, object, &c.positions))
		return false;
	c.kind = (enum model_callback_kind)kind;
	for (size_t i = 0; i < nr; i++) {
		c.match = read_match(l, object, i, "callbacks");
		if (!c.match)
			return false;
		vec_push(l->arena, &l->callbacks, c);
	}
	return true;
}

static bool read_list(struct loader *l, const struct json *file, const char *key,
	bool (*read)(struct loader *, const struct json *))
{
	const struct json *list = json_get(file, key);
	if (!list)
		return true;
	if (json_type(list) != JSON_ARRAY)
		return fail(l, list, "\"%s\" must be a list: [ { \"match\": … }, … ]", key);
	for (size_t i = 0; i < json_size(list); i++)
		if (!read(l, json_at(list, i)))
			return false;
	return true;
}

static bool read_file(struct loader *l, const struct json *file)
{
	const char *ignored = "";
	size_t language;
	if (json_type(file) != JSON_OBJECT)
		return fail(l, file, "a model is an object with \"types\", \"calls\" or \"io\"");
	l->model = l->file;
	return check_keys(l, file, "a model", WORDS(MODEL_FILE_KEYS)) &&
	       read_text(l, file, "name", &l->model) && read_text(l, file, "about", &ignored) &&
	       read_text(l, file, "$schema", &ignored) &&
	       (!json_get(file, "language") || read_word(l, file, "language", "a model",
						       WORDS(MODEL_LANGUAGES), &language)) &&
	       read_list(l, file, "types", read_type) && read_list(l, file, "calls", read_call) &&
	       read_list(l, file, "io", read_io) &&
	       read_list(l, file, "strings", read_string_entry) &&
	       read_list(l, file, "callbacks", read_callback) &&
	       read_list(l, file, "names", read_name);
}

/* Appends what the loader gathered to one of the arrays of the models. */
#define APPEND(m, array, count, from)                                                              \
	do {                                                                                       \
		size_t size_ = sizeof(*(m)->array), old_ = (m)->count * size_;                     \
		size_t more_ = (from).nr * size_;                                                  \
		(m)->array = arena_grow((m)->arena, (m)->array, old_, old_ + more_);               \
		if (more_)                                                                         \
			memcpy((m)->array + (m)->count, (from).at, more_);                         \
		(m)->count += (from).nr;                                                           \
	} while (0)

static void commit(struct models *m, struct loader *l)
{
	size_t calls = m->nr_calls, types = m->nr_types, ios = m->nr_ios;
	size_t strings = m->nr_strings, callbacks = m->nr_callbacks;
	APPEND(m, calls, nr_calls, l->calls);
	APPEND(m, types, nr_types, l->types);
	APPEND(m, ios, nr_ios, l->ios);
	APPEND(m, strings, nr_strings, l->strings);
	APPEND(m, callbacks, nr_callbacks, l->callbacks);
	APPEND(m, names, nr_names, l->names);
	models_index(m, calls, types, ios, strings, callbacks);
}

bool models_add(struct models *m, const char *file, const char *text, struct model_error *error)
{
	*error = (struct model_error){.file = file, .text = ""};
	struct loader l = {.arena = m->arena, .error = error};
	arena_init(&l.scratch);
	map_init(&l.seen, &l.scratch);
	l.file = arena_strdup(m->arena, file);
	const char *problem = "";
	const struct json *j = json_parse(&l.scratch, text, &error->line, &problem);
	bool ok = j && read_file(&l, j);
	if (!j)
		error->text = arena_strdup(m->arena, problem);
	if (ok) {
		hash128_add_str(&m->version, text);
		commit(m, &l);
	}
	arena_fini(&l.scratch);
	return ok;
}

void models_add_type(struct models *m, const struct model_type *type)
{
	struct {
		size_t nr;
		const struct model_type *at;
	} one = {1, type};
	APPEND(m, types, nr_types, one);
	models_index(m, m->nr_calls, m->nr_types - 1, m->nr_ios, m->nr_strings, m->nr_callbacks);
}

bool models_add_builtin(struct models *m, struct model_error *error)
{
	static const char dir[] = "rules/models/";
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_has_prefix(f->path, dir) &&
			!str_eq(path_basename(f->path), "schema.json") &&
			!models_add(m, f->path, f->bytes, error))
			return false;
	return true;
}
