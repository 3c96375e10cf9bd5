/* SPDX-License-Identifier: Apache-2.0 */
/* YAML 1.2 by libfyaml, with environment variables put into scalars (OpenTelemetry configuration
 * data model, "Environment variable substitution"). */
#ifdef CTEL_HAS_FYAML

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <libfyaml.h>

#include "sdk.h"
#include "yaml.h"

#define MAX_FILE (4 << 20)

struct yaml_memory {
	struct yaml_memory *next;
	max_align_t data[];
};

void *yaml_alloc(struct yaml *y, size_t size)
{
	struct yaml_memory *m = calloc(1, sizeof(*m) + size);
	if (!m) {
		y->nr_errors++;
		return NULL;
	}
	m->next = y->memory;
	y->memory = m;
	return m->data;
}

void yaml_error(struct yaml_node at, const char *format, ...)
{
	char message[512];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	at.yaml->nr_errors++;
	if (!strcmp(message, at.yaml->last_error) && at.line == at.yaml->last_line)
		return; /* a value may be looked at more than once */
	snprintf(at.yaml->last_error, sizeof(at.yaml->last_error), "%s", message);
	at.yaml->last_line = at.line;
	log_error("%s:%d:%d: %s: %s", at.yaml->path, at.line, at.column, at.name ? at.name : "",
		message);
}

/* ---- The document --------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "re");
	char *text = f ? malloc(MAX_FILE + 1) : NULL;
	*n = text ? fread(text, 1, MAX_FILE + 1, f) : 0;
	bool is_bad = !text || ferror(f) || *n > MAX_FILE;
	if (is_bad)
		log_error("%s: %s", path, *n > MAX_FILE ? "more than 4 MiB" : strerror(errno));
	if (f)
		fclose(f);
	if (!is_bad)
		return text;
	free(text);
	return NULL;
}

static void log_syntax(const char *path, struct fy_diag *diag)
{
	struct fy_diag_error *e;
	void *at = NULL;
	bool is_said = false;
	while ((e = fy_diag_errors_iterate(diag, &at))) {
		log_error("%s:%d:%d: %s", path, e->line, e->column, e->msg);
		is_said = true;
	}
	if (!is_said)
		log_error("%s:1:1: not a YAML document", path);
}

/* libfyaml prints something of its own about a document that is not there. */
static bool is_empty(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '#')
			while (i < n && text[i] != '\n')
				i++;
		else if (!isspace((unsigned char)text[i]))
			return false;
	}
	return true;
}

/* YAML is UTF-8, and libfyaml is not safe from bytes that are not: in a directive they keep it busy
 * for ever. */
static bool is_utf8(const char *path, const char *text, size_t n)
{
	int line = 1;
	const char *start = text;
	for (const char *s = text; s < text + n;) {
		size_t length = utf8_length((const unsigned char *)s, n - (size_t)(s - text));
		bool is_control = (unsigned char)*s < 0x20 && !strchr("\t\n\r", *s);
		if (length == 0 || *s == '\0' || is_control) {
			log_error("%s:%d:%d: a byte that YAML does not have: 0x%02x", path, line,
				(int)(s - start) + 1, (unsigned)(unsigned char)*s);
			return false;
		}
		s += length;
		if (s[-1] == '\n') {
			line++;
			start = s;
		}
	}
	return true;
}

static void discard(struct fy_diag *diag, void *user, const char *text, size_t n)
{
	(void)diag;
	(void)user;
	(void)text;
	(void)n;
}

bool yaml_open(struct yaml *y, const char *path, struct yaml_node *root)
{
	size_t n;
	struct fy_diag_cfg diag_config;
	*y = (struct yaml){.path = path};
	char *text = read_file(path, &n);
	if (!text)
		return false;
	*root = (struct yaml_node){y, NULL, "", 1, 1};
	if (is_empty(text, n) || !is_utf8(path, text, n)) {
		bool is_good = is_empty(text, n);
		free(text);
		return is_good;
	}
	fy_diag_cfg_default(&diag_config);
	diag_config.fp = NULL;
	diag_config.output_fn = discard;
	struct fy_diag *diag = fy_diag_create(&diag_config);
	struct fy_parse_cfg config = {
		.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2, .diag = diag};
	if (diag)
		fy_diag_set_collect_errors(diag, true);
	struct fy_document *document = fy_document_build_from_malloc_string(&config, text, n);
	if (!document)
		log_syntax(path, diag);
	fy_diag_destroy(diag);
	y->document = document;
	if (!document)
		return false;
	root->node = fy_document_root(document);
	return true;
}

void yaml_close(struct yaml *y)
{
	fy_document_destroy(y->document);
	while (y->memory) {
		struct yaml_memory *next = y->memory->next;
		free(y->memory);
		y->memory = next;
	}
}

/* ---- Nodes ---------------------------------------------------------------------------------- */

/* Aliases are followed here and not copied, so that none can make a document grow. */
static struct fy_node *resolved(void *node)
{
	struct fy_node *n = node;
	for (int i = 0; n && fy_node_is_alias(n); i++)
		n = i < 16 ? fy_node_resolve_alias(n) : NULL;
	return n;
}

static void set_place(struct yaml_node *at, struct fy_node *scalar)
{
	struct fy_token *token =
		scalar && fy_node_is_scalar(scalar) ? fy_node_get_scalar_token(scalar) : NULL;
	const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
	if (!mark)
		return;
	at->line = mark->line + 1;
	at->column = mark->column + 1;
}

static const char *copy(struct yaml *y, const char *s, size_t n)
{
	char *to = yaml_alloc(y, n + 1);
	if (to && n)
		memcpy(to, s, n);
	return to;
}

static const char *key_of(struct yaml *y, struct fy_node_pair *pair)
{
	size_t n = 0;
	struct fy_node *key = fy_node_pair_key(pair);
	const char *s = key && fy_node_is_scalar(key) ? fy_node_get_scalar(key, &n) : NULL;
	return s ? copy(y, s, n) : NULL;
}

static struct yaml_node value_of(struct yaml_node map, struct fy_node_pair *pair, const char *key)
{
	struct yaml_node out = map;
	set_place(&out, fy_node_pair_key(pair));
	out.name = key;
	out.node = resolved(fy_node_pair_value(pair));
	return out;
}

struct yaml_node yaml_get(struct yaml_node map, const char *key)
{
	struct fy_node_pair *pair;
	void *at = NULL;
	struct yaml_node none = map;
	none.node = NULL;
	none.name = key;
	if (!map.node || !fy_node_is_mapping(map.node))
		return none;
	while ((pair = fy_node_mapping_iterate(map.node, &at))) {
		size_t n = 0;
		struct fy_node *k = fy_node_pair_key(pair);
		const char *s = k && fy_node_is_scalar(k) ? fy_node_get_scalar(k, &n) : NULL;
		if (s && n == strlen(key) && !memcmp(s, key, n))
			return value_of(map, pair, key);
	}
	return none;
}

bool yaml_require(struct yaml_node map, const char *key)
{
	if (yaml_get(map, key).node)
		return true;
	yaml_error(map, "\"%s\" is missing", key);
	return false;
}

static bool has_word(const char *words, const char *key)
{
	size_t n = strlen(key);
	for (const char *at = words; n && (at = strstr(at, key)); at++)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

bool yaml_is_map(struct yaml_node n)
{
	return n.node && fy_node_is_mapping(n.node);
}

bool yaml_keys(struct yaml_node map, const char *words)
{
	struct fy_node_pair *pair;
	void *at = NULL;
	bool is_good = true;
	if (yaml_is_null(map))
		return true;
	if (!fy_node_is_mapping(map.node)) {
		yaml_error(map, "a mapping is expected");
		return false;
	}
	while ((pair = fy_node_mapping_iterate(map.node, &at))) {
		const char *key = key_of(map.yaml, pair);
		if (key && has_word(words, key))
			continue;
		yaml_error(value_of(map, pair, key), "not known here; known are: %s",
			*words ? words : "none");
		is_good = false;
	}
	return is_good;
}

void yaml_known(struct yaml_node map, const char *words)
{
	struct fy_node_pair *pair;
	void *at = NULL;
	while (map.node && fy_node_is_mapping(map.node) &&
		(pair = fy_node_mapping_iterate(map.node, &at))) {
		const char *key = key_of(map.yaml, pair);
		struct yaml_node value = value_of(map, pair, key);
		if (key && !has_word(words, key))
			log_warning("%s:%d:%d: %s: not known here, ignored", map.yaml->path,
				value.line, value.column, key);
	}
}

bool yaml_choice(struct yaml_node n, const char **key, struct yaml_node *value)
{
	void *at = NULL;
	if (n.node && fy_node_is_mapping(n.node) && fy_node_mapping_item_count(n.node) == 1) {
		struct fy_node_pair *pair = fy_node_mapping_iterate(n.node, &at);
		*key = key_of(n.yaml, pair);
		*value = value_of(n, pair, *key);
		if (*key)
			return true;
	}
	yaml_error(n, "a mapping with exactly one key is expected");
	return false;
}

size_t yaml_count(struct yaml_node list)
{
	if (yaml_is_null(list))
		return 0;
	if (!fy_node_is_sequence(list.node)) {
		yaml_error(list, "a list is expected");
		return 0;
	}
	return (size_t)fy_node_sequence_item_count(list.node);
}

struct yaml_node yaml_item(struct yaml_node list, size_t i)
{
	struct yaml_node out = list;
	out.node = resolved(fy_node_sequence_get_by_index(list.node, (int)i));
	struct fy_node *place = out.node;
	void *at = NULL;
	if (place && fy_node_is_mapping(place)) {
		struct fy_node_pair *first = fy_node_mapping_iterate(place, &at);
		place = first ? fy_node_pair_key(first) : NULL;
	}
	set_place(&out, place);
	return out;
}

/* ---- Scalars -------------------------------------------------------------------------------- */

static bool is_name(struct slice s)
{
	if (!s.n || isdigit((unsigned char)*s.s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.s[i]) && s.s[i] != '_')
			return false;
	return true;
}

/* "NAME", "env:NAME", "NAME:-default": what stands between the braces. */
static bool add_variable(struct text *out, struct slice inner)
{
	char name[256];
	if (inner.n > 4 && !memcmp(inner.s, "env:", 4)) {
		inner.s += 4;
		inner.n -= 4;
	}
	const char *colon = memchr(inner.s, ':', inner.n);
	struct slice rest = {"", 0}, variable = inner;
	if (colon) {
		variable.n = (size_t)(colon - inner.s);
		if (variable.n + 2 > inner.n || colon[1] != '-')
			return false;
		rest = (struct slice){colon + 2, inner.n - variable.n - 2};
	}
	if (!is_name(variable) || variable.n >= sizeof(name))
		return false;
	memcpy(name, variable.s, variable.n);
	name[variable.n] = '\0';
	const char *value = getenv(name);
	if (value && *value)
		text_puts(out, value);
	else
		text_add(out, rest.s, rest.n);
	return true;
}

/* From left to right, once: what a variable says is not looked at again. */
static bool substitute(struct text *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *end;
		if (s[i] == '$' && i + 1 < n && s[i + 1] == '$') {
			text_add(out, "$", 1);
			i++;
		} else if (s[i] == '$' && i + 1 < n && s[i + 1] == '{' &&
			   (end = memchr(s + i, '}', n - i))) {
			struct slice inner = {s + i + 2, (size_t)(end - s) - i - 2};
			if (!add_variable(out, inner))
				return false;
			i = (size_t)(end - s);
		} else {
			text_add(out, s + i, 1);
		}
	}
	return !out->is_broken;
}

/* The scalar after substitution; NULL when it is none or the substitution is not valid. */
static const char *scalar(struct yaml_node n, bool *is_plain)
{
	size_t length = 0;
	struct text out = {0};
	if (!fy_node_is_scalar(n.node)) {
		yaml_error(n, "a scalar is expected");
		return NULL;
	}
	const char *s = fy_node_get_scalar(n.node, &length);
	enum fy_node_style style = fy_node_get_style(n.node);
	*is_plain = style == FYNS_PLAIN || style == FYNS_ANY;
	text_puts(&out, "");
	bool is_good = substitute(&out, s ? s : "", s ? length : 0);
	if (!is_good)
		yaml_error(n, "not a valid substitution: %.*s", (int)length, s);
	if (is_good && memchr(out.s, '\0', out.n)) {
		yaml_error(n, "a NUL in it");
		is_good = false;
	}
	s = is_good ? copy(n.yaml, out.s, out.n) : NULL;
	text_free(&out);
	return s;
}

/* YAML 1.2 core schema, 10.3.2. */
static bool is_null_word(const char *s)
{
	return !*s || !strcmp(s, "~") || !strcmp(s, "null") || !strcmp(s, "Null") ||
	       !strcmp(s, "NULL");
}

bool yaml_is_null(struct yaml_node n)
{
	bool is_plain;
	if (!n.node)
		return true;
	if (!fy_node_is_scalar(n.node))
		return false;
	unsigned before = n.yaml->nr_errors;
	const char *s = scalar(n, &is_plain);
	return n.yaml->nr_errors == before && (!s || (is_plain && is_null_word(s)));
}

/* A scalar that is there; plain or not. */
static const char *present(struct yaml_node n, bool *is_plain)
{
	return yaml_is_null(n) ? NULL : scalar(n, is_plain);
}

bool yaml_string(struct yaml_node n, const char **out)
{
	bool is_plain;
	const char *s = present(n, &is_plain);
	if (s)
		*out = s;
	return s != NULL;
}

bool yaml_bool(struct yaml_node n, bool *out)
{
	bool is_plain;
	const char *s = present(n, &is_plain);
	if (!s)
		return false;
	bool is_true = !strcmp(s, "true") || !strcmp(s, "True") || !strcmp(s, "TRUE");
	bool is_false = !strcmp(s, "false") || !strcmp(s, "False") || !strcmp(s, "FALSE");
	if (!is_plain || (!is_true && !is_false)) {
		yaml_error(n, "\"%s\" is neither true nor false", s);
		return false;
	}
	*out = is_true;
	return true;
}

bool yaml_int(struct yaml_node n, int64_t min, int64_t max, int64_t *out)
{
	bool is_plain;
	const char *s = present(n, &is_plain);
	char *end;
	if (!s)
		return false;
	errno = 0;
	int base = !strncmp(s, "0x", 2) ? 16 : !strncmp(s, "0o", 2) ? 8 : 10;
	const char *digits = base == 8 ? s + 2 : s;
	long long x = strtoll(digits, &end, base);
	if (!is_plain || end == digits || *end || errno || isspace((unsigned char)*s)) {
		yaml_error(n, "\"%s\" is not a whole number", s);
		return false;
	}
	if (x < min || x > max) {
		yaml_error(n, "%s is not from %lld to %lld", s, (long long)min, (long long)max);
		return false;
	}
	*out = x;
	return true;
}

bool yaml_double(struct yaml_node n, double min, double max, double *out)
{
	bool is_plain;
	const char *s = present(n, &is_plain);
	char *end;
	if (!s)
		return false;
	double x = strtod(s, &end);
	if (!is_plain || end == s || *end || isnan(x)) {
		yaml_error(n, "\"%s\" is not a number", s);
		return false;
	}
	if (x < min || x > max) {
		yaml_error(n, "%s is not from %g to %g", s, min, max);
		return false;
	}
	*out = x;
	return true;
}

#else
typedef int yaml_is_not_there;
#endif
