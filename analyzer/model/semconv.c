/* Questions to the registry of attributes. */
#include "model/semconv.h"

#include "base/str.h"
#include "model/semconv_read.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *name;
	enum attribute_type type;
} types[] = {
	{"string", TYPE_STRING},
	{"int", TYPE_INT},
	{"double", TYPE_DOUBLE},
	{"boolean", TYPE_BOOLEAN},
	{"string[]", TYPE_STRINGS},
	{"int[]", TYPE_INTS},
	{"double[]", TYPE_DOUBLES},
	{"boolean[]", TYPE_BOOLEANS},
	{"any", TYPE_UNKNOWN},
	{"unknown", TYPE_UNKNOWN},
};

#define NR_TYPES (sizeof(types) / sizeof(types[0]))

const char *attribute_type_name(enum attribute_type type)
{
	for (size_t i = 0; i < NR_TYPES; i++)
		if (types[i].type == type && type != TYPE_UNKNOWN)
			return types[i].name;
	return "unknown";
}

bool attribute_type_parse(const char *word, enum attribute_type *type, bool *is_template)
{
	size_t n = strlen(word);
	*is_template = str_has_prefix(word, "template[") && word[n - 1] == ']';
	if (*is_template) {
		word += strlen("template[");
		n = strlen(word) - 1;
	}
	for (size_t i = 0; i < NR_TYPES; i++) {
		if (strlen(types[i].name) == n && strncmp(types[i].name, word, n) == 0) {
			*type = types[i].type;
			return true;
		}
	}
	return false;
}

const struct attribute_def *registry_find(const struct registry *r, const char *key)
{
	const struct attribute_def *def = map_get(&r->by_name, key);
	if (def)
		return def;
	/* the longest template first: a.b.c before a.b */
	char prefix[128];
	size_t n = strlen(key);
	if (n >= sizeof(prefix))
		return NULL;
	memcpy(prefix, key, n + 1);
	while (n-- > 0) {
		if (prefix[n] != '.')
			continue;
		prefix[n] = '\0';
		def = map_get(&r->by_name, prefix);
		if (def && def->is_template)
			return def;
	}
	return NULL;
}

const struct attribute_def *registry_replacement(
	const struct registry *r, const struct attribute_def *def)
{
	for (unsigned i = 0; i < 8 && def && def->is_deprecated; i++)
		def = def->renamed_to[0] ? map_get(&r->by_name, def->renamed_to) : NULL;
	return def && !def->is_deprecated ? def : NULL;
}

void registry_letters(const char *key, char *out, size_t size)
{
	size_t n = 0;
	for (; *key && n + 1 < size; key++)
		if (isalnum((unsigned char)*key))
			out[n++] = (char)tolower((unsigned char)*key);
	out[n] = '\0';
}

bool is_one_edit(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), i = 0;
	if (na > nb)
		return is_one_edit(b, a);
	if (nb - na > 1)
		return false;
	while (i < na && a[i] == b[i])
		i++;
	if (na < nb)
		return str_eq(a + i, b + i + 1);
	if (i == na)
		return false; /* equal */
	if (str_eq(a + i + 1, b + i + 1))
		return true;
	return a[i] == b[i + 1] && a[i + 1] && a[i + 1] == b[i] && str_eq(a + i + 2, b + i + 2);
}

static size_t first_segment(const char *key)
{
	return strcspn(key, ".");
}

/* userId and user_id have the letters of user.id; one that is deprecated is not what was meant. */
static const struct attribute_def *near_letters(
	const struct registry *r, const char *key, enum near_kind *kind)
{
	char letters[128];
	registry_letters(key, letters, sizeof(letters));
	const struct same_letters *same = map_get(&r->by_letters, letters);
	const struct attribute_def *found = NULL;
	for (size_t i = 0; same && i < same->all.nr; i++) {
		if (same->all.at[i]->is_deprecated)
			continue;
		if (found)
			return NULL;
		found = same->all.at[i];
	}
	if (!found)
		return NULL;
	*kind = NEAR_DELIMITER;
	for (const char *c = key; *c; c++)
		if (isupper((unsigned char)*c))
			*kind = NEAR_CASE;
	return found;
}

/* Keys that differ in their last digit only are a numbered series, and a plural is another thing
 * than its singular: both are one letter apart. */
static bool is_other_word(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), i = 0;
	while (a[i] && a[i] == b[i])
		i++;
	if (isdigit((unsigned char)a[i]) || isdigit((unsigned char)b[i]))
		return true;
	const char *longer = na > nb ? a : b;
	return na != nb && longer[i] == 's' && (longer[i + 1] == '\0' || longer[i + 1] == '.');
}

#define EDIT_LENGTH 8 /* shorter names are one letter from each other by chance */

static const struct attribute_def *near_edit(const struct registry *r, const char *key)
{
	const struct attribute_def *found = NULL;
	size_t n = strlen(key), segment = first_segment(key);
	if (n < EDIT_LENGTH || !key[segment])
		return NULL;
	for (size_t i = 0; i < r->all.nr; i++) {
		const struct attribute_def *def = r->all.at[i];
		if (def->is_deprecated || map_get(&r->by_name, def->name) != def ||
			!is_one_edit(key, def->name) || is_other_word(key, def->name))
			continue;
		if (found)
			return NULL;
		found = def;
	}
	return found;
}

const struct attribute_def *registry_near(
	const struct registry *r, const char *key, enum near_kind *kind)
{
	const struct attribute_def *def = near_letters(r, key, kind);
	if (def)
		return def;
	def = near_edit(r, key);
	*kind = def ? NEAR_EDIT : NEAR_NONE;
	return def;
}

const struct attribute_def *registry_namespace(const struct registry *r, const char *key)
{
	char segment[128];
	size_t n = first_segment(key);
	if (!key[n] || n >= sizeof(segment))
		return NULL;
	memcpy(segment, key, n);
	segment[n] = '\0';
	return map_get(&r->namespaces, segment);
}

bool attribute_has_member(const struct attribute_def *def, const char *value)
{
	for (size_t i = 0; i < def->nr_members; i++)
		if (str_eq(def->members[i], value))
			return true;
	return false;
}

const char *attribute_near_member(const struct attribute_def *def, const char *value)
{
	char letters[128], its[128];
	const char *found = NULL;
	registry_letters(value, letters, sizeof(letters));
	for (size_t i = 0; i < def->nr_members; i++) {
		registry_letters(def->members[i], its, sizeof(its));
		if (letters[0] && str_eq(letters, its))
			return def->members[i];
		if (strlen(value) < 5 || !is_one_edit(value, def->members[i]) ||
			is_other_word(value, def->members[i]))
			continue;
		if (found)
			return NULL;
		found = def->members[i];
	}
	return found;
}
