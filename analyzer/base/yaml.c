/* Parses YAML with libfyaml's events into nodes on an arena. */
#include "base/yaml.h"

#include "base/map.h"
#include "base/str.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH   100
#define MAX_NODES   ((size_t)1 << 20) /* also after aliases are resolved */
#define MAX_ENTRIES 10000 /* of one list or map: what compares them with each other stays cheap */

/* A node whose end was not seen yet. */
struct open_node {
	struct yaml *node;
	const struct yaml *key; /* MAP: waits for its value */
	VEC(const struct yaml *) items;
	VEC(struct yaml_pair) pairs;
	struct map keys;
	const char *anchor;
	bool has_merge;
};

struct yaml_reader {
	struct arena *arena;
	const struct yaml_origin *origin;
	const char *text;
	size_t n;
	VEC(size_t) lines; /* offset of each line's first byte */
	const struct yaml_scalars *scalars;
	struct open_node open[MAX_DEPTH];
	size_t depth;
	struct map anchors; /* name → struct yaml; one that is open still has weight 0 */
	size_t nr_nodes, last_pos;
	const struct yaml *root;
	struct yaml_error *error;
};

static void place_of(const struct yaml_reader *r, size_t pos, uint32_t *line, uint32_t *col)
{
	size_t low = 0, high = r->lines.nr;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (r->lines.at[middle] <= pos)
			low = middle;
		else
			high = middle;
	}
	*line = r->origin->line + (uint32_t)low;
	*col = r->origin->indent + (uint32_t)(pos - r->lines.at[low]) + 1;
}

__attribute__((format(printf, 3, 4))) static bool fail(
	struct yaml_reader *r, size_t pos, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	r->error->text = str_one_line(r->arena, arena_vprintf(r->arena, fmt, ap));
	va_end(ap);
	place_of(r, pos, &r->error->line, &r->error->col);
	return false;
}

static const char *token_text(struct yaml_reader *r, struct fy_token *token, size_t *n)
{
	*n = 0;
	const char *s = token ? fy_token_get_text(token, n) : NULL;
	return s ? arena_strndup(r->arena, s, *n) : "";
}

static struct yaml *new_node(
	struct yaml_reader *r, enum yaml_kind kind, const struct fy_mark *from, size_t width)
{
	struct yaml *node = arena_new(r->arena, struct yaml);
	node->kind = kind;
	node->text = node->raw = "";
	node->file = r->origin->file;
	node->weight = 1;
	size_t pos = from && from->input_pos <= r->n ? from->input_pos : r->last_pos;
	place_of(r, pos, &node->line, &node->col);
	if (width)
		node->end_col = node->col + (uint32_t)width;
	r->last_pos = pos;
	return node;
}

static bool is_null_text(const char *s)
{
	return !s[0] || str_eq(s, "~") || str_eq(s, "null") || str_eq(s, "Null") ||
	       str_eq(s, "NULL");
}

/* Bytes of the scalar on its first line. */
static size_t width_of(const struct yaml_reader *r, struct fy_event *e)
{
	const struct fy_mark *from = fy_event_start_mark(e), *to = fy_event_end_mark(e);
	if (!from || !to || to->input_pos > r->n || to->input_pos <= from->input_pos)
		return 0;
	size_t width = to->input_pos - from->input_pos;
	const char *end = memchr(r->text + from->input_pos, '\n', width);
	return end ? 0 : width;
}

static const struct yaml *read_scalar(struct yaml_reader *r, struct fy_event *e, bool is_key)
{
	size_t n;
	const char *text = token_text(r, e->scalar.value, &n);
	enum fy_scalar_style style =
		e->scalar.value ? fy_token_scalar_style(e->scalar.value) : FYSS_PLAIN;
	struct yaml *node = new_node(r, YAML_SCALAR, fy_event_start_mark(e), width_of(r, e));
	node->is_plain = style == FYSS_PLAIN || style == FYSS_ANY;
	node->is_block = style == FYSS_LITERAL || style == FYSS_FOLDED;
	node->raw = node->text = text;
	if (strlen(text) != n) {
		fail(r, r->last_pos, "a value holds a NUL character");
		return NULL;
	}
	if (node->is_plain && is_null_text(text))
		node->kind = YAML_NULL;
	else if (!is_key && !node->is_block && r->scalars && strchr(text, '$'))
		node->text = r->scalars->expand(r->scalars->ctx, r->arena, text, &node->is_open);
	return node;
}

static bool take(struct yaml_reader *r, const struct yaml *node);

static bool take_into_map(struct yaml_reader *r, struct open_node *top, const struct yaml *node)
{
	if (!top->key) {
		if (node->kind == YAML_LIST || node->kind == YAML_MAP)
			return fail(r, r->last_pos, "a key is a %s; keys are texts here",
				node->kind == YAML_MAP ? "map" : "list");
		if (map_has(&top->keys, node->text))
			return fail(r, r->last_pos,
				"key \"%s\" is there twice in one map; the first one is on line %u",
				node->text,
				((const struct yaml *)map_get(&top->keys, node->text))->line);
		if (str_eq(node->text, "<<") && node->is_plain)
			top->has_merge = true;
		else
			map_put(&top->keys, node->text, (void *)(uintptr_t)node);
		top->key = node;
		return true;
	}
	vec_push(r->arena, &top->pairs, (struct yaml_pair){top->key, node});
	top->key = NULL;
	return true;
}

static bool take(struct yaml_reader *r, const struct yaml *node)
{
	if (!node)
		return false;
	if (++r->nr_nodes > MAX_NODES)
		return fail(r, r->last_pos, "more than %zu values in one file", MAX_NODES);
	if (!r->depth) {
		r->root = node;
		return true;
	}
	struct open_node *top = &r->open[r->depth - 1];
	if (top->items.nr + top->pairs.nr > MAX_ENTRIES)
		return fail(r, r->last_pos, "more than %d entries in one %s", MAX_ENTRIES,
			top->node->kind == YAML_MAP ? "map" : "list");
	top->node->weight += node->weight;
	if (top->node->weight > MAX_NODES)
		return fail(r, r->last_pos,
			"aliases make more than %zu values of it; write out what is meant",
			MAX_NODES);
	if (top->node->kind == YAML_MAP)
		return take_into_map(r, top, node);
	vec_push(r->arena, &top->items, node);
	return true;
}

static bool begin(
	struct yaml_reader *r, struct fy_event *e, enum yaml_kind kind, struct fy_token *anchor)
{
	size_t n;
	struct yaml *node = new_node(r, kind, fy_event_start_mark(e), 0);
	if (r->depth == MAX_DEPTH)
		return fail(r, r->last_pos, "nested deeper than %d levels", MAX_DEPTH);
	struct open_node *top = &r->open[r->depth++];
	memset(top, 0, sizeof(*top));
	top->node = node;
	if (kind == YAML_MAP)
		map_init(&top->keys, r->arena);
	if (anchor) {
		top->anchor = token_text(r, anchor, &n);
		map_put(&r->anchors, top->anchor, NULL);
	}
	return true;
}

static void merge_one(struct yaml_reader *r, struct open_node *top, const struct yaml *from)
{
	for (size_t i = 0; from && from->kind == YAML_MAP && i < from->nr; i++) {
		const struct yaml *key = from->pairs[i].key;
		if (map_has(&top->keys, key->text))
			continue;
		map_put(&top->keys, key->text, (void *)(uintptr_t)key);
		vec_push(r->arena, &top->pairs, from->pairs[i]);
	}
}

/* `<<: *a` and `<<: [*a, *b]`: what the map does not say itself. */
static void resolve_merges(struct yaml_reader *r, struct open_node *top)
{
	size_t nr = top->pairs.nr, kept = 0;
	const struct yaml_pair *old = top->pairs.at;
	struct yaml_pair *own = arena_array(r->arena, struct yaml_pair, nr);
	top->pairs.at = NULL;
	top->pairs.nr = top->pairs.cap = 0;
	for (size_t i = 0; i < nr; i++) {
		own[kept] = old[i];
		kept += !(old[i].key->is_plain && str_eq(old[i].key->text, "<<"));
	}
	for (size_t i = 0; i < kept; i++)
		vec_push(r->arena, &top->pairs, own[i]);
	for (size_t i = 0; i < nr; i++) {
		const struct yaml *from = old[i].value;
		if (!old[i].key->is_plain || !str_eq(old[i].key->text, "<<"))
			continue;
		merge_one(r, top, from);
		for (size_t k = 0; from->kind == YAML_LIST && k < from->nr; k++)
			merge_one(r, top, from->items[k]);
	}
}

static bool end(struct yaml_reader *r)
{
	struct open_node *top = &r->open[--r->depth];
	struct yaml *node = top->node;
	if (top->has_merge)
		resolve_merges(r, top);
	node->items = top->items.at;
	node->pairs = top->pairs.at;
	node->nr = node->kind == YAML_MAP ? top->pairs.nr : top->items.nr;
	if (top->anchor)
		map_put(&r->anchors, top->anchor, node);
	return take(r, node);
}

static bool read_alias(struct yaml_reader *r, struct fy_event *e)
{
	size_t n;
	const char *name = token_text(r, e->alias.anchor, &n);
	const struct fy_mark *mark = fy_event_start_mark(e);
	size_t pos = mark && mark->input_pos <= r->n ? mark->input_pos : r->last_pos;
	if (!map_has(&r->anchors, name))
		return fail(r, pos, "alias *%s names no anchor that comes before it", name);
	const struct yaml *node = map_get(&r->anchors, name);
	if (!node)
		return fail(r, pos, "alias *%s stands inside of what it names", name);
	r->last_pos = pos;
	return take(r, node);
}

static bool read_event(struct yaml_reader *r, struct fy_event *e)
{
	size_t n;
	switch (e->type) {
	case FYET_SCALAR: {
		const struct open_node *top = r->depth ? &r->open[r->depth - 1] : NULL;
		const struct yaml *node =
			read_scalar(r, e, top && top->node->kind == YAML_MAP && !top->key);
		if (node && e->scalar.anchor)
			map_put(&r->anchors, token_text(r, e->scalar.anchor, &n),
				(void *)(uintptr_t)node);
		return take(r, node);
	}
	case FYET_ALIAS:
		return read_alias(r, e);
	case FYET_MAPPING_START:
		return begin(r, e, YAML_MAP, e->mapping_start.anchor);
	case FYET_SEQUENCE_START:
		return begin(r, e, YAML_LIST, e->sequence_start.anchor);
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		return end(r);
	case FYET_DOCUMENT_START:
		r->root = NULL;
		map_init(&r->anchors, r->arena);
		return true;
	default:
		return true;
	}
}

static void library_error(struct yaml_reader *r, struct fy_diag *diag)
{
	void *at = NULL;
	const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);
	if (r->error->text)
		return;
	if (!e) {
		fail(r, r->last_pos, "it is no YAML from here on");
		return;
	}
	r->error->text = str_one_line(r->arena, e->msg ? e->msg : "it is no YAML");
	size_t line = e->line > 0 ? (size_t)e->line - 1 : 0; /* marks count from 0, these from 1 */
	if (line >= r->lines.nr)
		line = r->lines.nr - 1;
	r->error->line = r->origin->line + (uint32_t)line;
	r->error->col = r->origin->indent + (e->column > 0 ? (uint32_t)e->column : 1);
}

static void swallow(struct fy_diag *diag, void *user, const char *s, size_t n)
{
	(void)diag, (void)user, (void)s, (void)n;
}

static bool run(struct yaml_reader *r, struct yaml_documents *out)
{
	struct fy_diag_cfg diag_cfg;
	fy_diag_cfg_default(&diag_cfg);
	diag_cfg.fp = NULL;
	diag_cfg.output_fn = swallow;
	diag_cfg.colorize = false;
	struct fy_diag *diag = fy_diag_create(&diag_cfg);
	fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg cfg = {
		.diag = diag, .flags = FYPCF_SLOPPY_FLOW_INDENTATION | FYPCF_JSON_NONE};
	struct fy_parser *parser = fy_parser_create(&cfg);
	bool ok = parser && fy_parser_set_string(parser, r->text, r->n) == 0;
	for (bool is_last = false; ok && !is_last;) {
		struct fy_event *e = fy_parser_parse(parser);
		if (!e) {
			ok = false;
			break;
		}
		ok = read_event(r, e);
		if (ok && e->type == FYET_DOCUMENT_END && r->root)
			vec_push(r->arena, &out->all, r->root);
		is_last = e->type == FYET_STREAM_END;
		fy_parser_event_free(parser, e);
	}
	if (!ok)
		library_error(r, diag);
	if (parser)
		fy_parser_destroy(parser);
	fy_diag_destroy(diag);
	return ok;
}

/* What the library does not say well, and what would cost it much. */
static bool check_bytes(struct yaml_reader *r)
{
	const unsigned char *s = (const unsigned char *)r->text;
	if (r->n > YAML_BYTES)
		return fail(
			r, 0, "larger than %zu MiB, which no configuration is", YAML_BYTES >> 20);
	if (r->n >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff)))
		return fail(r, 0, "the file is UTF-16; save it as UTF-8");
	const char *nul = memchr(r->text, '\0', r->n);
	if (nul)
		return fail(r, (size_t)(nul - r->text), "a NUL byte: the file is no text");
	for (size_t i = 0; i < r->n;) {
		size_t len = s[i] < 0x80   ? 1
			     : s[i] < 0xc2 ? 0
			     : s[i] < 0xe0 ? 2
			     : s[i] < 0xf0 ? 3
			     : s[i] < 0xf5 ? 4
					   : 0;
		for (size_t k = 1; k < len; k++)
			if (i + k >= r->n || (s[i + k] & 0xc0) != 0x80)
				len = 0;
		if (!len)
			return fail(r, i, "a byte that is no UTF-8");
		i += len;
	}
	size_t depth = 0; /* of brackets, which the library follows by recursion */
	for (size_t i = 0; i < r->n; i++) {
		if (s[i] == '[' || s[i] == '{')
			depth++;
		else if ((s[i] == ']' || s[i] == '}') && depth)
			depth--;
		else if (s[i] == '\n' && depth < MAX_DEPTH)
			continue;
		if (depth > 10 * MAX_DEPTH)
			return fail(r, i, "nested deeper than %d levels", MAX_DEPTH);
	}
	return true;
}

bool yaml_parse(struct arena *a, const struct yaml_origin *origin, const char *text, size_t n,
	const struct yaml_scalars *scalars, struct yaml_documents *out, struct yaml_error *error)
{
	struct yaml_reader *r = arena_new(a, struct yaml_reader);
	r->arena = a;
	r->origin = origin;
	r->text = text;
	r->n = n;
	r->scalars = scalars;
	r->error = error;
	*error = (struct yaml_error){0};
	*out = (struct yaml_documents){0};
	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		r->text += 3;
		r->n -= 3;
	}
	vec_push(a, &r->lines, 0);
	for (size_t i = 0; r->n <= YAML_BYTES && i < r->n; i++)
		if (r->text[i] == '\n')
			vec_push(a, &r->lines, i + 1);
	map_init(&r->anchors, a);
	return check_bytes(r) && run(r, out);
}
