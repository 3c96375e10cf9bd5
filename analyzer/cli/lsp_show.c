/* Findings as an editor shows them: diagnostics, hovers, quick fixes. */
#include "base/path.h"
#include "cli/lsp.h"
#include "findings/patch.h"
#include "findings/suppress.h"
#include "report/output.h"
#include "report/utf8.h"

#include <string.h>

/* Lines from 0; columns from 0, in UTF-16 code units. */
static void add_position(struct lsp *l, struct jsonout *j, const char *key, const char *file,
	uint32_t line, uint32_t col)
{
	struct source_line s = source_line(&l->sources, file, line);
	size_t n = col ? col - 1 : 0;
	jsonout_object(j, key);
	jsonout_int(j, "line", line ? line - 1 : 0);
	jsonout_int(j, "character", (int64_t)(s.s && n <= s.n ? utf8_utf16_units(s.s, n) : n));
	jsonout_object_end(j);
}

static void add_range(struct lsp *l, struct jsonout *j, const struct place *p)
{
	struct source_line s = source_line(&l->sources, p->file, p->line);
	uint32_t end = p->end_col > p->col ? p->end_col : (uint32_t)(s.n + 1);
	jsonout_object(j, "range");
	add_position(l, j, "start", p->file, p->line, p->col);
	add_position(l, j, "end", p->file, p->line, end < p->col ? p->col : end);
	jsonout_object_end(j);
}

static const char *uri_of(struct lsp *l, const char *file)
{
	const char *path = path_join(&l->scratch, l->setup.root, file ? file : "");
	return arena_printf(&l->scratch, "file://%s", output_percent_encoded(&l->scratch, path));
}

static const char *page_of(const struct lsp *l, const char *rule, const char **group)
{
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		*group = suppress_rules[i].group;
		if (str_eq(suppress_rules[i].name, rule))
			return suppress_rules[i].page;
	}
	for (size_t i = 0; i < l->setup.selection.nr; i++) {
		*group = l->setup.selection.rules[i].group;
		if (str_eq(l->setup.selection.rules[i].name, rule))
			return l->setup.selection.rules[i].page;
	}
	return "";
}

static void add_related(struct lsp *l, struct jsonout *j, const struct finding *f)
{
	jsonout_array(j, "relatedInformation");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		jsonout_object(j, NULL);
		jsonout_object(j, "location");
		jsonout_string(j, "uri", uri_of(l, f->steps[i].place.file));
		add_range(l, j, &f->steps[i].place);
		jsonout_object_end(j);
		jsonout_string(j, "message", f->steps[i].text);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

static void add_diagnostic(struct lsp *l, struct jsonout *j, const struct finding *f)
{
	static const int severities[] = {3, 2, 1};
	const char *group;
	page_of(l, f->rule, &group);
	const struct report_rule rule = {.name = f->rule, .group = group};
	jsonout_object(j, NULL);
	add_range(l, j, &f->place);
	jsonout_int(j, "severity", severities[f->severity]);
	jsonout_string(j, "code", f->rule);
	jsonout_object(j, "codeDescription");
	jsonout_string(j, "href", output_rule_uri(&l->scratch, &rule));
	jsonout_object_end(j);
	jsonout_string(j, "source", "otel-tidy");
	jsonout_string(j, "message",
		f->fix[0] ? arena_printf(&l->scratch, "%s\nfix: %s", f->message, f->fix)
			  : f->message);
	add_related(l, j, f);
	jsonout_object_end(j);
}

static void add_incomplete(struct lsp *l, struct jsonout *j, const struct incomplete *u)
{
	const struct place top = {.file = u->file, .line = 1, .col = 1};
	jsonout_object(j, NULL);
	add_range(l, j, &top);
	jsonout_int(j, "severity", 3);
	jsonout_string(j, "code", "incomplete");
	jsonout_string(j, "source", "otel-tidy");
	jsonout_string(j, "message",
		arena_printf(&l->scratch, "%s: %s",
			u->is_fatal ? "not analysed" : "analysed in part", u->text));
	jsonout_object_end(j);
}

/* ---- diagnostics ---- */

static void publish_file(struct lsp *l, const char *path)
{
	struct strbuf b;
	struct jsonout j;
	const char *file = path_relative(&l->scratch, l->setup.root, path);
	strbuf_init(&b, &l->scratch);
	jsonout_init(&j, &b);
	jsonout_object(&j, NULL);
	jsonout_string(&j, "jsonrpc", "2.0");
	jsonout_string(&j, "method", "textDocument/publishDiagnostics");
	jsonout_object(&j, "params");
	jsonout_string(&j, "uri", uri_of(l, file));
	jsonout_array(&j, "diagnostics");
	for (size_t i = 0; i < l->judgement.findings.all.nr; i++) {
		const struct finding *f = &l->judgement.findings.all.at[i];
		if (!f->is_suppressed && str_eq(f->place.file, file))
			add_diagnostic(l, &j, f);
	}
	for (size_t i = 0; i < l->setup.incomplete.nr; i++)
		if (str_eq(l->setup.incomplete.at[i].file, file))
			add_incomplete(l, &j, &l->setup.incomplete.at[i]);
	jsonout_array_end(&j);
	jsonout_object_end(&j);
	jsonout_object_end(&j);
	lsp_send(strbuf_str(&b));
}

static void add_file(struct lsp *l, const char *file)
{
	const char *path = path_join(&l->scratch, l->setup.root, file);
	for (size_t i = 0; i < l->published.nr; i++)
		if (str_eq(l->published.at[i], path))
			return;
	vec_push(&l->lasting, &l->published, arena_strdup(&l->lasting, path));
}

void lsp_publish(struct lsp *l)
{
	for (size_t i = 0; i < l->judgement.findings.all.nr; i++)
		if (!l->judgement.findings.all.at[i].is_suppressed)
			add_file(l, l->judgement.findings.all.at[i].place.file);
	for (size_t i = 0; i < l->setup.incomplete.nr; i++)
		add_file(l, l->setup.incomplete.at[i].file);
	for (size_t i = 0; i < l->published.nr; i++)
		publish_file(l, l->published.at[i]);
}

/* ---- hover and quick fixes ---- */

static const char *file_of(struct lsp *l, const struct json *params)
{
	const char *uri = json_string(json_get(json_get(params, "textDocument"), "uri"));
	return path_relative(&l->scratch, l->setup.root, lsp_path(&l->scratch, uri));
}

static uint32_t line_of(const struct json *position)
{
	double line = json_number(json_get(position, "line"), -1);
	return line >= 0 && line < 1e9 ? (uint32_t)line + 1 : 0;
}

static bool is_on(const struct finding *f, const char *file, uint32_t from, uint32_t to)
{
	return !f->is_suppressed && str_eq(f->place.file, file) && f->place.line >= from &&
	       f->place.line <= to;
}

/* The page of each rule that has something to say about the line. */
void lsp_hover(struct lsp *l, const struct json *params, struct strbuf *out)
{
	struct strbuf text;
	struct jsonout j;
	const char *group, *last = "";
	uint32_t line = line_of(json_get(params, "position"));
	strbuf_init(&text, &l->scratch);
	for (size_t i = 0; l->is_analysed && i < l->judgement.findings.all.nr; i++) {
		const struct finding *f = &l->judgement.findings.all.at[i];
		if (!is_on(f, file_of(l, params), line, line))
			continue;
		strbuf_addf(
			&text, "%s**%s**\n\n%s\n\n", text.len ? "---\n\n" : "", f->message, f->why);
		if (!str_eq(f->rule, last))
			strbuf_add(&text, page_of(l, f->rule, &group));
		last = f->rule;
	}
	if (!text.len) {
		strbuf_add(out, "null");
		return;
	}
	jsonout_init(&j, out);
	jsonout_object(&j, NULL);
	jsonout_object(&j, "contents");
	jsonout_string(&j, "kind", "markdown");
	jsonout_string(&j, "value", strbuf_str(&text));
	jsonout_object_end(&j);
	jsonout_object_end(&j);
}

static void add_edits(struct lsp *l, struct jsonout *j, const struct patch *patch)
{
	jsonout_object(j, "edit");
	jsonout_object(j, "changes");
	for (uint32_t i = 0; i < patch->nr_edits;) {
		const char *file = patch->edits[i].file;
		jsonout_array(j, uri_of(l, file));
		for (; i < patch->nr_edits && str_eq(patch->edits[i].file, file); i++) {
			const struct edit *e = &patch->edits[i];
			jsonout_object(j, NULL);
			jsonout_object(j, "range");
			add_position(l, j, "start", file, e->line, e->col);
			add_position(l, j, "end", file, e->end_line, e->end_col);
			jsonout_object_end(j);
			jsonout_string(j, "newText", e->text);
			jsonout_object_end(j);
		}
		jsonout_array_end(j);
	}
	jsonout_object_end(j);
	jsonout_object_end(j);
}

void lsp_actions(struct lsp *l, const struct json *params, struct strbuf *out)
{
	struct jsonout j;
	const struct json *range = json_get(params, "range");
	uint32_t from = line_of(json_get(range, "start")), to = line_of(json_get(range, "end"));
	jsonout_init(&j, out);
	jsonout_array(&j, NULL);
	for (size_t i = 0; l->is_analysed && i < l->judgement.findings.all.nr; i++) {
		const struct finding *f = &l->judgement.findings.all.at[i];
		if (!f->patch || !f->patch->nr_edits || !is_on(f, file_of(l, params), from, to))
			continue;
		jsonout_object(&j, NULL);
		jsonout_string(&j, "title",
			f->patch->is_safe
				? f->patch->title
				: arena_printf(&l->scratch, "%s (look at it)", f->patch->title));
		jsonout_string(&j, "kind", "quickfix");
		jsonout_bool(&j, "isPreferred", f->patch->is_safe);
		jsonout_array(&j, "diagnostics");
		add_diagnostic(l, &j, f);
		jsonout_array_end(&j);
		add_edits(l, &j, f->patch);
		jsonout_object_end(&j);
	}
	jsonout_array_end(&j);
}
