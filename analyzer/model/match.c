/* Finding the entry of a call, a type or a callee: exact names first, then the best glob. */
#include "base/str.h"
#include "model/fields.h"

#include <ctype.h>
#include <string.h>

static const char *const effect_names[EFFECT_NR] = {
#define X(name, text) [EFFECT_##name] = text,
	MODEL_EFFECTS(X)
#undef X
};

static const char *const cost_names[] = {
#define X(cost, text) [cost] = text,
	MODEL_COSTS(X)
#undef X
};

const char *model_effect_name(enum model_effect effect)
{
	return effect_names[effect];
}

const char *model_cost_name(enum model_cost cost)
{
	return cost_names[cost];
}

/* `operator*` at the end of a name is that operator, not a wildcard. */
static bool ends_in_star(const char *name)
{
	return str_has_suffix(name, "operator*");
}

bool model_is_glob(const char *pattern)
{
	size_t n = strlen(pattern) - ends_in_star(pattern);
	return strcspn(pattern, "*?") < n;
}

static bool glob_matches(const char *pattern, const char *name)
{
	return str_glob(pattern, name) && (!ends_in_star(pattern) || ends_in_star(name));
}

static void index_init(struct model_index *index, struct arena *a)
{
	*index = (struct model_index){0};
	map_init(&index->exact, a);
	map_init(&index->cache, a);
}

void models_init(struct models *m, struct arena *a)
{
	*m = (struct models){.arena = a};
	index_init(&m->call_index, a);
	index_init(&m->type_index, a);
	index_init(&m->io_index, a);
	index_init(&m->string_index, a);
	index_init(&m->callback_index, a);
	hash128_init(&m->version);
}

const char *models_version(const struct models *m, struct arena *a)
{
	char hex[33];
	hash128_hex(&m->version, hex);
	return arena_strdup(a, hex);
}

/* Entry numbers travel through the maps as number + 1: arrays move when they grow, numbers do
 * not, and 0 stays free for "not there". */
static void *as_value(size_t number)
{
	return (void *)(uintptr_t)(number + 1);
}

static void index_add(struct models *m, struct model_index *index, const char *match, size_t number)
{
	if (model_is_glob(match))
		vec_push(m->arena, &index->globs, (uint32_t)number);
	else
		map_put(&index->exact, match, as_value(number));
}

void models_index(struct models *m, size_t first_call, size_t first_type, size_t first_io,
	size_t first_string, size_t first_callback)
{
	for (size_t i = first_call; i < m->nr_calls; i++)
		index_add(m, &m->call_index, m->calls[i].match, i);
	for (size_t i = first_type; i < m->nr_types; i++)
		index_add(m, &m->type_index, m->types[i].match, i);
	for (size_t i = first_io; i < m->nr_ios; i++)
		index_add(m, &m->io_index, m->ios[i].match, i);
	for (size_t i = first_string; i < m->nr_strings; i++)
		index_add(m, &m->string_index, m->strings[i].match, i);
	for (size_t i = first_callback; i < m->nr_callbacks; i++)
		index_add(m, &m->callback_index, m->callbacks[i].match, i);
	map_init(&m->call_index.cache, m->arena);
	map_init(&m->type_index.cache, m->arena);
	map_init(&m->io_index.cache, m->arena);
	map_init(&m->string_index.cache, m->arena);
	map_init(&m->callback_index.cache, m->arena);
}

/* How much a glob says: its characters that are not wildcards. */
static size_t literal_length(const char *pattern)
{
	size_t n = 0;
	for (; *pattern; pattern++)
		n += *pattern != '*' && *pattern != '?';
	return n;
}

static const char *match_of(const struct models *m, const struct model_index *index, size_t i)
{
	if (index == &m->call_index)
		return m->calls[i].match;
	if (index == &m->type_index)
		return m->types[i].match;
	if (index == &m->string_index)
		return m->strings[i].match;
	if (index == &m->callback_index)
		return m->callbacks[i].match;
	return m->ios[i].match;
}

/* The best glob's number + 1, or 0. They stand in the order they came: on a tie the later wins. */
static size_t find_glob(const struct models *m, const struct model_index *index, const char *name)
{
	size_t found = 0, best = 0;
	for (size_t g = 0; g < index->globs.nr; g++) {
		const char *pattern = match_of(m, index, index->globs.at[g]);
		if (*pattern != *name && *pattern != '*' && *pattern != '?')
			continue;
		size_t length = literal_length(pattern);
		if (length < best || !glob_matches(pattern, name))
			continue;
		best = length;
		found = index->globs.at[g] + 1;
	}
	return found;
}

/* The entry's number + 1, or 0. Names are copied into the cache: it may outlive their unit. */
static size_t find(struct models *m, struct model_index *index, const char *name)
{
	if (!name || !*name)
		return 0;
	if (map_has(&index->cache, name))
		return (size_t)(uintptr_t)map_get(&index->cache, name);
	size_t found = (size_t)(uintptr_t)map_get(&index->exact, name);
	if (!found)
		found = find_glob(m, index, name);
	map_put(&index->cache, arena_strdup(m->arena, name), (void *)(uintptr_t)found);
	return found;
}

const struct model_call *models_call_named(struct models *m, const char *name)
{
	size_t i = find(m, &m->call_index, name);
	return i ? &m->calls[i - 1] : NULL;
}

const struct model_call *models_call(struct models *m, const struct ir_op *call)
{
	return call->kind == IR_CALL ? models_call_named(m, call->sym) : NULL;
}

const struct model_string *models_string(struct models *m, const char *callee)
{
	size_t i = find(m, &m->string_index, callee);
	return i ? &m->strings[i - 1] : NULL;
}

const struct model_callback *models_callback(struct models *m, const char *name)
{
	size_t i = find(m, &m->callback_index, name);
	return i ? &m->callbacks[i - 1] : NULL;
}

const struct model_io *models_io(struct models *m, const char *callee)
{
	static const struct model_io unknown = {.match = "", .model = "", .kind = ""};
	size_t i = find(m, &m->io_index, callee);
	return i ? &m->ios[i - 1] : &unknown;
}

/* Drops the word from the front or the end of s[0..*n) where it stands there whole. */
static bool drop_word(const char **s, size_t *n, const char *word, bool at_end)
{
	size_t length = strlen(word);
	if (*n <= length)
		return false;
	if (at_end) {
		const char *from = *s + *n - length;
		if (memcmp(from, word, length) != 0 || isalnum((unsigned char)from[-1]) ||
			from[-1] == '_')
			return false;
	} else {
		if (memcmp(*s, word, length) != 0 || (*s)[length] != ' ')
			return false;
		*s += length;
	}
	*n -= length;
	return true;
}

/* What a model names: `const struct otelc_span *const` is otelc_span. */
static const char *bare_type(struct arena *a, const char *type)
{
	static const char *const leading[] = {
		"const", "volatile", "struct", "class", "union", "enum"};
	static const char *const trailing[] = {"const", "volatile", "restrict", "__restrict"};
	size_t n = strlen(type);
	for (bool again = true; again && n;) {
		again = false;
		for (; n && *type == ' '; type++)
			n--;
		while (n && type[n - 1] == ' ')
			n--;
		for (size_t i = 0; i < sizeof(leading) / sizeof(*leading); i++)
			again |= drop_word(&type, &n, leading[i], false);
		for (size_t i = 0; i < sizeof(trailing) / sizeof(*trailing); i++)
			again |= drop_word(&type, &n, trailing[i], true);
		while (n && (type[n - 1] == '*' || type[n - 1] == '&')) {
			n--;
			again = true;
		}
	}
	return arena_strndup(a, type, n);
}

const struct model_type *models_type(struct models *m, const char *type)
{
	if (!type || !*type)
		return NULL;
	struct model_index *index = &m->type_index;
	if (!map_has(&index->cache, type)) {
		size_t found = find(m, index, bare_type(m->arena, type));
		map_put(&index->cache, arena_strdup(m->arena, type), (void *)(uintptr_t)found);
	}
	size_t i = (size_t)(uintptr_t)map_get(&index->cache, type);
	return i ? &m->types[i - 1] : NULL;
}
