/* Configuration: reads otel-tidy.json, strictly; what it does not know is an error. */
#include "project/config.h"

#include "base/json.h"
#include "base/path.h"
#include "base/str.h"

#include <errno.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAME          "otel-tidy.json"
#define CONFIG_BYTES  ((size_t)16 << 20)
#define CHAIN_MAX     16 /* files with "root": false above one another */
#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

struct reader {
	struct arena *arena;
	const char *path; /* of the file being read */
	const char *dir;  /* its directory */
	const char *const *rules;
	size_t nr_rules;
	struct config *config;
	const char **error;
};

__attribute__((format(printf, 3, 4))) static bool fail(
	struct reader *r, const struct json *at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *what = str_one_line(r->arena, arena_vprintf(r->arena, fmt, ap));
	va_end(ap);
	*r->error = arena_printf(r->arena, "%s:%u: %s", r->path, json_line(at), what);
	return false;
}

/* "; did you mean \"x\"?", or the whole list when nothing is near and the list is short. */
static const char *suggest(struct arena *a, const char *word, const char *const *names, size_t nr)
{
	const char *near = str_nearest(word, names, nr);
	if (near)
		return arena_printf(a, "; did you mean \"%s\"?", near);
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < nr && nr <= 24; i++)
		strbuf_addf(&b, "%s\"%s\"", i ? ", " : "; one of ", names[i]);
	return strbuf_str(&b);
}

/* A string out of `names`; NULL after an error. */
static const char *read_choice(struct reader *r, const struct json *j, const char *what,
	const char *const *names, size_t nr)
{
	const char *s = json_string(j);
	for (size_t i = 0; s && i < nr; i++)
		if (str_eq(s, names[i]))
			return names[i];
	if (s)
		fail(r, j, "%s \"%s\" is not known%s", what, s, suggest(r->arena, s, names, nr));
	else
		fail(r, j, "%s is not a string%s", what, suggest(r->arena, "", names, nr));
	return NULL;
}

static bool read_string(struct reader *r, const struct json *j, const char *what, const char **out)
{
	if (!json_string(j) || !*json_string(j))
		return fail(r, j, "%s is not a text with at least one character", what);
	*out = json_string(j);
	return true;
}

static bool read_schema(struct reader *r, const struct json *j)
{
	const char *ignored;
	return read_string(r, j, "\"$schema\"", &ignored);
}

static bool read_root(struct reader *r, const struct json *j)
{
	return json_type(j) == JSON_BOOL || fail(r, j, "\"root\" is neither true nor false");
}

static bool read_profile(struct reader *r, const struct json *j)
{
	static const char *const profiles[] = {"recommended", "strict"};
	const char *profile = read_choice(r, j, "profile", profiles, LENGTH(profiles));
	if (profile)
		r->config->profile = profile;
	return profile != NULL;
}

static bool read_fail_on(struct reader *r, const struct json *j)
{
	static const char *const levels[] = {"note", "warning", "error", "never"};
	const char *level = read_choice(r, j, "\"fail_on\"", levels, LENGTH(levels));
	if (level)
		r->config->fail_on = level;
	return level != NULL;
}

struct settings {
	VEC(struct rule_setting) all;
};

/* A file further up may have set a rule already. */
static bool read_settings(struct reader *r, const struct json *j, struct settings *out)
{
	static const char *const values[] = {"off", "note", "warning", "error"};
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j, "\"rules\" is not an object such as {\"span-leak\": \"error\"}");
	for (size_t i = 0; i < json_size(j); i++) {
		const char *name = NULL, *key = json_key(j, i);
		for (size_t k = 0; k < r->nr_rules && !name; k++)
			if (str_eq(r->rules[k], key))
				name = r->rules[k];
		if (!name)
			return fail(r, json_at(j, i), "rule \"%s\" is not known%s", key,
				suggest(r->arena, key, r->rules, r->nr_rules));
		const char *value = read_choice(
			r, json_at(j, i), "the severity of a rule", values, LENGTH(values));
		if (!value)
			return false;
		/* a file further up may have set it already */
		bool is_new = true;
		for (size_t k = 0; k < out->all.nr; k++) {
			if (str_eq(out->all.at[k].rule, name)) {
				out->all.at[k].value = value;
				is_new = false;
			}
		}
		if (is_new)
			vec_push(r->arena, &out->all, (struct rule_setting){name, value});
	}
	return true;
}

static bool read_rules(struct reader *r, const struct json *j)
{
	struct settings settings = {0};
	for (size_t i = 0; i < r->config->rules.nr; i++)
		vec_push(r->arena, &settings.all, r->config->rules.at[i]);
	if (!read_settings(r, j, &settings))
		return false;
	r->config->rules.nr = 0;
	for (size_t i = 0; i < settings.all.nr; i++)
		vec_push(r->arena, &r->config->rules, settings.all.at[i]);
	return true;
}

/* Globs count from the root, which may be further up than this file. */
static const char *glob_from_root(struct reader *r, const char *glob)
{
	const char *below = path_relative(r->arena, r->config->root, r->dir);
	return str_eq(below, ".") ? glob : arena_printf(r->arena, "%s/%s", below, glob);
}

static bool read_override(struct reader *r, const struct json *j)
{
	static const char *const names[] = {"files", "rules"};
	struct config_override one = {0};
	struct settings settings = {0};
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j, "an override is not an object");
	for (size_t i = 0; i < json_size(j); i++) {
		const struct json *value = json_at(j, i);
		if (str_eq(json_key(j, i), "rules")) {
			if (!read_settings(r, value, &settings))
				return false;
		} else if (!str_eq(json_key(j, i), "files")) {
			return fail(r, value, "key \"%s\" is not known in an override%s",
				json_key(j, i),
				suggest(r->arena, json_key(j, i), names, LENGTH(names)));
		} else if (json_type(value) != JSON_ARRAY) {
			return fail(r, value, "\"files\" is not a list such as [\"src/old/*\"]");
		}
	}
	const struct json *files = json_get(j, "files");
	for (size_t i = 0; i < json_size(files); i++) {
		const char *glob;
		if (!read_string(r, json_at(files, i), "a glob", &glob))
			return false;
		vec_push(r->arena, &one.files, glob_from_root(r, glob));
	}
	if (!one.files.nr || !settings.all.nr)
		return fail(r, j, "an override needs \"files\" and \"rules\", none of them empty");
	for (size_t i = 0; i < settings.all.nr; i++)
		vec_push(r->arena, &one.rules, settings.all.at[i]);
	vec_push(r->arena, &r->config->overrides, one);
	return true;
}

static bool read_overrides(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j,
			"\"overrides\" is not a list such as [{\"files\": [\"src/old/*\"], "
			"\"rules\": "
			"{\"span-leak\": \"off\"}}]");
	for (size_t i = 0; i < json_size(j); i++)
		if (!read_override(r, json_at(j, i)))
			return false;
	return true;
}

static bool read_rules_as_of(struct reader *r, const struct json *j)
{
	unsigned major, minor, own_major = 0, own_minor = 0;
	char rest;
	const char *version;
	if (!read_string(r, j, "\"rules_as_of\"", &version))
		return false;
	if (sscanf(version, "%4u.%4u%c", &major, &minor, &rest) != 2)
		return fail(
			r, j, "\"rules_as_of\" is a version such as \"0.1\", not \"%s\"", version);
	sscanf(OTEL_TIDY_VERSION, "%u.%u", &own_major, &own_minor);
	if (major > own_major || (major == own_major && minor > own_minor))
		return fail(r, j,
			"\"rules_as_of\" asks for %s, and this is otel-tidy %s: install a newer "
			"one",
			version, OTEL_TIDY_VERSION);
	r->config->rules_as_of = version;
	return true;
}

static const char *const path_keys[] = {"name", "function", "attributes", "baggage", "span"};

/* "attributes" and "baggage": `what` is one of them. */
static bool read_groups(struct reader *r, const struct json *j, const char *list, const char *what,
	struct key_group **groups, size_t *nr)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j,
			"\"%s\" is not a list such as [\"tenant.id\", \"user.id|user.hash\"]",
			list);
	*nr = json_size(j);
	*groups = arena_array(r->arena, struct key_group, *nr);
	for (size_t i = 0; i < *nr; i++) {
		const struct json *item = json_at(j, i);
		if (!json_string(item))
			return fail(r, item, "%s is not a string", what);
		if (!key_group_parse(r->arena, json_string(item), &(*groups)[i]))
			return fail(r, item,
				"%s \"%s\" is malformed; write a key, \"a|b\" for any one of "
				"them, \"a?\" for a wanted one",
				strchr(what, ' ') + 1, json_string(item));
	}
	return true;
}

static bool read_critical_path(struct reader *r, const struct json *j)
{
	static const char *const spans[] = {"own", "current"};
	struct critical_path path = {0};
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j, "a critical path is not an object");
	for (size_t i = 0; i < json_size(j); i++) {
		const char *key = json_key(j, i), *span = NULL;
		const struct json *value = json_at(j, i);
		bool ok = true;
		if (str_eq(key, "name"))
			ok = read_string(r, value, "\"name\"", &path.name);
		else if (str_eq(key, "function"))
			ok = read_string(r, value, "\"function\"", &path.function);
		else if (str_eq(key, "attributes"))
			ok = read_groups(
				r, value, key, "an attribute", &path.groups, &path.nr_groups);
		else if (str_eq(key, "baggage"))
			ok = read_groups(
				r, value, key, "a baggage member", &path.baggage, &path.nr_baggage);
		else if (str_eq(key, "span"))
			ok = (span = read_choice(r, value, "\"span\"", spans, LENGTH(spans))) !=
			     NULL;
		else
			ok = fail(r, value, "key \"%s\" is not known in a critical path%s", key,
				suggest(r->arena, key, path_keys, LENGTH(path_keys)));
		if (!ok)
			return false;
		path.on_current = path.on_current || str_eq(span, "current");
	}
	if (!path.function)
		return fail(r, j,
			"a critical path lacks \"function\", the name or glob of its function");
	if (!path.name)
		path.name = path.function;
	path.source = arena_printf(
		r->arena, "%s:%u", path_relative(r->arena, r->config->root, r->path), json_line(j));
	vec_push(r->arena, &r->config->critical_paths, path);
	return true;
}

static bool read_critical_paths(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j, "\"critical_paths\" is not a list");
	for (size_t i = 0; i < json_size(j); i++)
		if (!read_critical_path(r, json_at(j, i)))
			return false;
	return true;
}

static bool read_models(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j, "\"models\" is not a list of model files");
	for (size_t i = 0; i < json_size(j); i++) {
		const char *name;
		if (!read_string(r, json_at(j, i), "a model file", &name))
			return false;
		const char *path = path_join(r->arena, r->dir, name);
		if (!file_exists(path))
			return fail(r, json_at(j, i), "model file %s is not there", path);
		vec_push(r->arena, &r->config->models, path);
	}
	return true;
}

/* The value as it is written, on the lines where it stands. */
static const char *text_in_place(struct reader *r, const struct json *j)
{
	struct strbuf text;
	strbuf_init(&text, r->arena);
	for (unsigned line = 1; line < json_line(j); line++)
		strbuf_addc(&text, '\n');
	strbuf_add(&text, json_source(j, r->arena));
	return strbuf_str(&text);
}

static bool read_model(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j, "\"model\" is not an object; files are named under \"models\"");
	r->config->inline_models = text_in_place(r, j);
	return true;
}

static bool read_own_attributes(struct reader *r, const struct json *j)
{
	struct config_attributes own = {.path = r->path};
	if (json_type(j) == JSON_ARRAY) {
		own.text = text_in_place(r, j);
	} else if (json_string(j) && *json_string(j)) {
		own.path = path_join(r->arena, r->dir, json_string(j));
		if (!file_exists(own.path))
			return fail(r, j, "attribute registry %s is not there", own.path);
	} else {
		return fail(r, j,
			"\"attributes\" is neither a list such as [{\"name\": \"app.order.id\", "
			"\"type\": \"string\"}] nor the path of a registry");
	}
	vec_push(r->arena, &r->config->attributes, own);
	return true;
}

static bool read_span_names(struct reader *r, const struct json *j)
{
	regex_t style;
	char why[128];
	if (!read_string(r, j, "\"span_names\"", &r->config->span_names))
		return false;
	int error = regcomp(&style, r->config->span_names, REG_EXTENDED | REG_NOSUB);
	if (error) {
		regerror(error, &style, why, sizeof(why));
		return fail(r, j, "\"span_names\" is no extended regular expression: %s", why);
	}
	regfree(&style);
	return true;
}

static bool read_exclude(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j, "\"exclude\" is not a list such as [\"third_party/*\"]");
	for (size_t i = 0; i < json_size(j); i++) {
		const char *glob;
		if (!read_string(r, json_at(j, i), "a glob", &glob))
			return false;
		vec_push(r->arena, &r->config->exclude, glob_from_root(r, glob));
	}
	return true;
}

static bool read_trusted_hosts(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_ARRAY)
		return fail(r, j,
			"\"trusted_hosts\" is not a list such as [\"*.example.com\", "
			"\"localhost\"]");
	for (size_t i = 0; i < json_size(j); i++) {
		const char *host;
		if (!read_string(r, json_at(j, i), "a trusted host", &host))
			return false;
		if (strpbrk(host, "/:@ "))
			return fail(r, json_at(j, i),
				"\"%s\" is no host: write its name alone, without scheme and port",
				host);
		vec_push(r->arena, &r->config->trusted_hosts, host);
	}
	return true;
}

static const char *const pipeline_keys[] = {"files", "traces_per_second", "replicas"};

static bool read_amount(struct reader *r, const struct json *j, const char *what, double *out)
{
	*out = json_number(j, 0);
	return *out > 0 || fail(r, j, "\"%s\" is not a number greater than 0", what);
}

/* A file, or several with commas between, which a Collector reads as one. */
static bool read_pipeline_file(struct reader *r, const struct json *j)
{
	const char *name;
	struct strbuf b;
	strbuf_init(&b, r->arena);
	if (!read_string(r, j, "a file of \"pipeline\"", &name))
		return false;
	for (size_t n; *name; name += n + (name[n] == ',')) {
		n = strcspn(name, ",");
		const char *path = path_join(r->arena, r->dir, arena_strndup(r->arena, name, n));
		if (!file_exists(path))
			return fail(r, j, "configuration file %s is not there", path);
		strbuf_addf(&b, "%s%s", b.len ? "," : "", path);
	}
	vec_push(r->arena, &r->config->pipeline, strbuf_str(&b));
	return true;
}

static bool read_pipeline(struct reader *r, const struct json *j)
{
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j,
			"\"pipeline\" is not an object such as {\"files\": [\"collector.yaml\"]}");
	for (size_t i = 0; i < json_size(j); i++) {
		const struct json *value = json_at(j, i);
		const char *key = json_key(j, i);
		bool ok = true;
		if (str_eq(key, "traces_per_second"))
			ok = read_amount(r, value, key, &r->config->traces_per_second);
		else if (str_eq(key, "replicas"))
			ok = read_amount(r, value, key, &r->config->replicas);
		else if (!str_eq(key, "files"))
			ok = fail(r, value, "key \"%s\" is not known in \"pipeline\"%s", key,
				suggest(r->arena, key, pipeline_keys, LENGTH(pipeline_keys)));
		else if (json_type(value) != JSON_ARRAY)
			ok = fail(r, value,
				"\"files\" is not a list such as [\"deploy/collector.yaml\"]");
		for (size_t k = 0; ok && str_eq(key, "files") && k < json_size(value); k++)
			ok = read_pipeline_file(r, json_at(value, k));
		if (!ok)
			return false;
	}
	return true;
}

static bool read_database(struct reader *r, const struct json *j)
{
	const char *name;
	if (!read_string(r, j, "\"database\"", &name))
		return false;
	r->config->database = path_join(r->arena, r->dir, name);
	return true;
}

/* Read by those who need it, so that "baseline accept" can begin one. */
static bool read_baseline(struct reader *r, const struct json *j)
{
	const char *name;
	if (!read_string(r, j, "\"baseline\"", &name))
		return false;
	r->config->baseline = path_join(r->arena, r->dir, name);
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct reader *r, const struct json *value);
} keys[] = {
	{"$schema", read_schema},
	{"root", read_root},
	{"profile", read_profile},
	{"extends", read_profile},
	{"rules", read_rules},
	{"rules_as_of", read_rules_as_of},
	{"overrides", read_overrides},
	{"critical_paths", read_critical_paths},
	{"models", read_models},
	{"model", read_model},
	{"attributes", read_own_attributes},
	{"span_names", read_span_names},
	{"exclude", read_exclude},
	{"trusted_hosts", read_trusted_hosts},
	{"pipeline", read_pipeline},
	{"fail_on", read_fail_on},
	{"database", read_database},
	{"baseline", read_baseline},
};

const char *const *config_keys(const char *of, size_t *nr)
{
	static const char *names[LENGTH(keys)];
	if (str_eq(of, "critical_paths")) {
		*nr = LENGTH(path_keys);
		return path_keys;
	}
	for (size_t i = 0; i < LENGTH(keys); i++)
		names[i] = keys[i].name;
	*nr = LENGTH(keys);
	return names;
}

static bool read_keys(struct reader *r, const struct json *document)
{
	size_t nr;
	const char *const *names = config_keys("", &nr);
	if (json_get(document, "profile") && json_get(document, "extends"))
		return fail(r, json_get(document, "extends"),
			"\"extends\" and \"profile\" say the same; keep one of them");
	for (size_t i = 0; i < json_size(document); i++) {
		const char *key = json_key(document, i);
		size_t k = 0;
		while (k < nr && !str_eq(key, names[k]))
			k++;
		if (k == nr)
			return fail(r, json_at(document, i), "key \"%s\" is not known%s", key,
				suggest(r->arena, key, names, nr));
		if (!keys[k].read(r, json_at(document, i)))
			return false;
	}
	return true;
}

/* Comments become blanks, and all lines keep their numbers. One that does not end is left as it is,
 * for the parser to complain about. */
static void blank_comments(char *s)
{
	while (*s) {
		if (*s == '"') {
			for (s++; *s && *s != '"' && *s != '\n'; s++)
				s += *s == '\\' && s[1];
			s += *s != '\0';
			continue;
		}
		bool is_line = s[0] == '/' && s[1] == '/';
		const char *end = s;
		if (is_line)
			end = s + strcspn(s, "\n");
		else if (s[0] == '/' && s[1] == '*' && strstr(s + 2, "*/"))
			end = strstr(s + 2, "*/") + 2;
		else
			s++;
		for (; s < end; s++)
			if (*s != '\n')
				*s = ' ';
	}
}

static const struct json *parse_file(struct arena *a, const char *path, const char **error)
{
	size_t size = 0;
	unsigned line = 0;
	const char *why = "";
	char *text = file_read(a, path, CONFIG_BYTES, &size);
	if (!text) {
		*error = errno == EFBIG ? arena_printf(a, "%s: larger than 16 MiB", path)
					: arena_printf(a, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (strlen(text) != size) {
		*error = arena_printf(a, "%s: the file holds a NUL byte and is no JSON", path);
		return NULL;
	}
	blank_comments(text);
	const struct json *document = json_parse(a, text, &line, &why);
	if (!document)
		*error = arena_printf(a, "%s:%u: %s", path, line, why);
	else if (json_type(document) != JSON_OBJECT)
		*error = arena_printf(
			a, "%s:%u: a configuration is an object, {…}", path, json_line(document));
	return document && json_type(document) == JSON_OBJECT ? document : NULL;
}

void config_init(struct config *c, const char *root)
{
	*c = (struct config){.path = "",
		.root = root,
		.profile = "recommended",
		.inline_models = "",
		.span_names = "",
		.rules_as_of = "",
		.fail_on = "warning",
		.database = "",
		.baseline = ""};
}

const char *config_find(struct arena *a, const char *dir)
{
	for (const char *at = path_join(a, path_cwd(a), dir);; at = path_dirname(a, at)) {
		const char *path = path_join(a, at, NAME);
		if (file_exists(path))
			return path;
		if (str_eq(at, "/"))
			return NULL;
	}
}

bool config_read(struct arena *a, const char *path, const char *const *rules, size_t nr_rules,
	struct config *c, const char **error)
{
	const char *paths[CHAIN_MAX];
	const struct json *documents[CHAIN_MAX];
	size_t nr = 0;
	for (const char *at = path_join(a, path_cwd(a), path);;) {
		documents[nr] = parse_file(a, at, error);
		if (!documents[nr])
			return false;
		paths[nr] = at;
		const struct json *root = json_get(documents[nr++], "root");
		if (json_bool(root, true))
			break;
		const char *dir = path_dirname(a, at);
		at = str_eq(dir, "/") ? NULL : config_find(a, path_dirname(a, dir));
		if (!at || nr == CHAIN_MAX) {
			*error = arena_printf(a, "%s:%u: \"root\" is false, but %s", paths[nr - 1],
				json_line(root),
				at ? "too many files are above it" : "no " NAME " is further up");
			return false;
		}
	}
	c->path = paths[0];
	for (size_t i = 0; i < nr; i++)
		vec_push(a, &c->files, paths[i]);
	c->root = path_dirname(a, paths[nr - 1]);
	while (nr-- > 0) {
		struct reader r = {.arena = a,
			.path = paths[nr],
			.dir = path_dirname(a, paths[nr]),
			.rules = rules,
			.nr_rules = nr_rules,
			.config = c,
			.error = error};
		if (!read_keys(&r, documents[nr]))
			return false;
	}
	return true;
}
