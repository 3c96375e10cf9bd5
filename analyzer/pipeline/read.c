/* Reads files into the system: YAML, JSON, environment files, blocks of Markdown pages. */
#include "base/path.h"
#include "base/str.h"
#include "pipeline/collector.h"
#include "pipeline/deploy.h"
#include "pipeline/system.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

void system_init(struct system *s, struct arena *a, const char *root)
{
	*s = (struct system){.arena = a, .root = root};
	s->traffic = (struct traffic){
		.spans_per_trace = 20, .bytes_per_span = 1000, .share = {0.01, 0.02, 0.97}};
	map_init(&s->variables, a);
}

static bool problem(
	struct system *s, const char *file, uint32_t line, uint32_t col, const char *text)
{
	vec_push(s->arena, &s->problems, (struct pipeline_problem){file, line, col, text});
	return false;
}

/* ---- variables ---- */

static size_t close_of(const char *s)
{
	size_t depth = 0;
	for (size_t i = 0; s[i]; i++) {
		if (s[i] == '{')
			depth++;
		else if (s[i] == '}' && depth && !--depth)
			return i;
	}
	return 0;
}

/* ${env:NAME:-default}, ${NAME:-default}, ${NAME}; $$ is one $. */
static const char *expand(void *ctx, struct arena *a, const char *raw, bool *is_open)
{
	struct system *s = ctx;
	struct strbuf b;
	strbuf_init(&b, a);
	while (*raw) {
		if (raw[0] == '$' && raw[1] == '$') {
			strbuf_addc(&b, '$');
			raw += 2;
			continue;
		}
		size_t n = raw[0] == '$' && raw[1] == '{' ? close_of(raw) : 0;
		if (!n) {
			strbuf_addc(&b, *raw++);
			continue;
		}
		const char *name = arena_strndup(a, raw + 2, n - 2), *value = NULL;
		char *fallback = strstr(name, ":-");
		if (fallback) {
			*fallback = '\0';
			fallback += 2;
		}
		if (str_has_prefix(name, "env:"))
			name += strlen("env:");
		if (!strchr(name, ':'))
			value = map_get(&s->variables, name);
		if (!value && fallback && !strchr(fallback, '$'))
			value = fallback;
		*is_open |= !value;
		strbuf_add(&b, value ? value : arena_strndup(a, raw, n + 1));
		raw += n + 1;
	}
	return strbuf_str(&b);
}

/* ---- parsing ---- */

bool system_parse(struct system *s, const struct yaml_origin *origin, const char *text, size_t n,
	bool is_quiet, struct yaml_documents *out)
{
	struct yaml_scalars scalars = {expand, s};
	struct yaml_error error;
	if (yaml_parse(s->arena, origin, text, n, &scalars, out, &error))
		return true;
	if (is_quiet)
		return false;
	const char *more = "";
	if (memmem(text, n, "{{", 2) && memmem(text, n, "}}", 2))
		more = "; it looks like a template: render it first (helm template) and lint that";
	return problem(s, origin->file, error.line, error.col,
		arena_printf(s->arena, "%s%s", error.text, more));
}

/* `# otel-tidy: …` behind a value or alone on its line. */
static void read_comments(struct system *s, const struct yaml_origin *origin, const char *text)
{
	uint32_t line = origin->line - 1;
	size_t waiting = s->comments.nr; /* those alone on their line wait for the next one */
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\n"), blank = strspn(at, " \t\r");
		const char *found = memmem(at, n, "otel-tidy:", strlen("otel-tidy:"));
		const char *hash = found;
		line++;
		while (hash && hash > at && *hash != '#')
			hash--;
		bool is_comment = found && *hash == '#' &&
				  (hash == at || isspace((unsigned char)hash[-1])) &&
				  hash + 1 + strspn(hash + 1, " \t") == found;
		bool is_code = blank < n && at[blank] != '#';
		if (is_code)
			for (; waiting < s->comments.nr; waiting++)
				s->comments.at[waiting].target = line;
		if (is_comment) {
			const char *from = found + strlen("otel-tidy:");
			from += strspn(from, " \t");
			size_t len = n - (size_t)(from - at);
			while (len && strchr(" \t\r", from[len - 1]))
				len--;
			struct pipeline_comment c = {
				.file = origin->file, .line = line, .target = line};
			c.col = origin->indent + (uint32_t)(found - at) + 1;
			c.text = arena_strndup(s->arena, from, len);
			vec_push(s->arena, &s->comments, c);
			if (is_code)
				waiting = s->comments.nr;
		}
		at += n + (at[n] == '\n');
	}
}

/* Blanks before the lines of block scalars are where their texts begin: read off the file. */
static void measure_blocks(const struct yaml *y, const char *const *lines, size_t nr)
{
	for (size_t i = 0; i < y->nr; i++)
		measure_blocks(y->kind == YAML_MAP ? y->pairs[i].value : y->items[i], lines, nr);
	if (y->kind != YAML_SCALAR || !y->is_block)
		return;
	struct yaml *block = (struct yaml *)(uintptr_t)y;
	block->end_col = 0;
	/* libfyaml's mark of a block is its sign or its first line */
	for (uint32_t line = y->line; line <= nr && line < y->line + 16; line++) {
		const char *raw = lines[line - 1];
		size_t first = strcspn(y->raw, "\n"), blank = strspn(raw, " ");
		size_t n = strcspn(raw, "\r\n");
		if (first && n >= first && n - first <= blank &&
			strncmp(raw + n - first, y->raw, first) == 0) {
			block->line = line - 1;
			block->end_col = (uint32_t)(n - first);
			return;
		}
	}
}

static void measure(struct system *s, const struct yaml_documents *docs, const char *text)
{
	VEC(const char *) lines = {0};
	for (const char *at = text; *at;) {
		vec_push(s->arena, &lines, at);
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	for (size_t i = 0; i < docs->all.nr; i++)
		if (docs->all.at[i]->weight < 100000)
			measure_blocks(docs->all.at[i], lines.at, lines.nr);
}

/* ---- Markdown ---- */

static bool opens_fence(const char *line, size_t n, size_t *indent)
{
	static const char *const words[] = {"yaml", "yml", "json", "YAML"};
	*indent = 0;
	while (*indent < n && line[*indent] == ' ')
		(*indent)++;
	const char *s = line + *indent;
	if (n - *indent < 6 || (strncmp(s, "```", 3) != 0 && strncmp(s, "~~~", 3) != 0))
		return false;
	s += strspn(s, "`~ {.");
	for (size_t i = 0; i < 4; i++)
		if (str_has_prefix(s, words[i]))
			return true;
	return false;
}

/* Each block that parses and is one of ours; the others are about something else. */
static void read_markdown(struct system *s, const char *file, const char *text)
{
	uint32_t line = 0;
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\n"), indent = 0;
		line++;
		bool opens = opens_fence(at, n, &indent);
		at += n + (at[n] == '\n');
		if (!opens)
			continue;
		struct strbuf b;
		struct yaml_origin origin = {
			.file = file, .line = line + 1, .indent = (uint32_t)indent};
		strbuf_init(&b, s->arena);
		for (; *at; at += n + (at[n] == '\n')) {
			size_t blank = strspn(at, " ");
			n = strcspn(at, "\n");
			line++;
			if (strncmp(at + blank, "```", 3) == 0 ||
				strncmp(at + blank, "~~~", 3) == 0)
				break;
			size_t cut = blank < indent ? blank : indent;
			strbuf_addn(&b, at + cut, n - cut);
			strbuf_addc(&b, '\n');
		}
		at += n + (at[n] == '\n');
		struct yaml_documents docs;
		if (!b.len || !system_parse(s, &origin, b.s, b.len, true, &docs))
			continue;
		s->is_page = true;
		bool is_ours = false;
		for (size_t i = 0; i < docs.all.nr; i++)
			is_ours |= deploy_read(s, docs.all.at[i]);
		s->is_page = false;
		if (is_ours)
			read_comments(s, &origin, b.s);
	}
}

/* ---- files ---- */

static bool is_environment(const char *path, const char *text)
{
	const char *name = path_basename(path);
	if (str_has_prefix(name, ".env") || str_has_suffix(name, ".env"))
		return true;
	if (str_has_suffix(name, ".yaml") || str_has_suffix(name, ".yml") ||
		str_has_suffix(name, ".json"))
		return false;
	return str_has_prefix(text, "OTEL_") || str_has_prefix(text, "export OTEL_");
}

static char *load(struct system *s, const char *path, const char *shown, size_t *n)
{
	char *text = dir_exists(path) ? NULL : file_read(s->arena, path, YAML_BYTES, n);
	if (text)
		return text;
	if (dir_exists(path))
		problem(s, shown, 0, 0, "is a directory; name the files");
	else if (errno == EFBIG)
		problem(s, shown, 0, 0, "larger than 8 MiB, which no configuration is");
	else
		problem(s, shown, 0, 0, strerror(errno));
	return NULL;
}

static bool parse_file(struct system *s, const char *shown, const char *text, size_t n,
	struct yaml_documents *docs)
{
	struct yaml_origin origin = {.file = shown, .line = 1};
	if (!system_parse(s, &origin, text, n, false, docs))
		return false;
	read_comments(s, &origin, text);
	measure(s, docs, text);
	return true;
}

/* Several files with commas between: one Collector with several --config. */
static bool read_merged(struct system *s, const char *argument)
{
	const struct yaml *whole = NULL;
	const char *name = NULL;
	for (const char *at = argument; *at;) {
		size_t n = strcspn(at, ","), size;
		const char *path =
			path_join(s->arena, path_cwd(s->arena), arena_strndup(s->arena, at, n));
		const char *shown = path_relative(s->arena, s->root, path);
		struct yaml_documents docs;
		const char *text = load(s, path, shown, &size);
		if (!text || !parse_file(s, shown, text, size, &docs))
			return false;
		vec_push(s->arena, &s->files, shown);
		if (docs.all.nr)
			whole = yaml_merge(s->arena, whole, docs.all.at[0]);
		name = name ? arena_printf(s->arena, "%s,%s", name, path_basename(path))
			    : path_basename(path);
		at += n + (at[n] == ',');
	}
	if (!collector_is_one(whole))
		return problem(s, argument, 0, 0, "together they are no Collector configuration");
	collector_read(s, whole, name, false);
	return true;
}

bool system_add(struct system *s, const char *argument)
{
	const char *path = path_join(s->arena, path_cwd(s->arena), argument);
	const char *shown = path_relative(s->arena, s->root, path);
	struct yaml_documents docs;
	size_t n;
	bool found = false;
	if (strchr(argument, ',') && !file_exists(path))
		return read_merged(s, argument);
	const char *text = load(s, path, shown, &n);
	if (!text)
		return false;
	vec_push(s->arena, &s->files, shown);
	if (strlen(text) == n && is_environment(path, text)) {
		read_comments(s, &(struct yaml_origin){.file = shown, .line = 1}, text);
		if (!deploy_read_env(s, shown, text))
			return problem(s, shown, 0, 0, "no line of it is NAME=value");
		return true;
	}
	if (strlen(text) == n &&
		(str_has_suffix(path, ".md") || str_has_suffix(path, ".mdx") || s->is_embedded)) {
		read_markdown(s, shown, text);
		return true; /* a page without a configuration is a page like others */
	}
	if (!parse_file(s, shown, text, n, &docs))
		return false;
	for (size_t i = 0; i < docs.all.nr; i++)
		found |= deploy_read(s, docs.all.at[i]);
	if (!found)
		return problem(s, shown, 0, 0,
			"nothing in it that is known: no pipelines of a Collector, no "
			"configuration "
			"of an SDK, no OTEL_ variables");
	return true;
}
