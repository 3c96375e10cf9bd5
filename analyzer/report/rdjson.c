/* Reviewdog Diagnostic Format, the rdjson form: a DiagnosticResult of reviewdog's proto/rdf.
 * Columns there count bytes, as ours do. */
#include "base/path.h"
#include "findings/patch.h"
#include "report/jsonout.h"
#include "report/output.h"
#include "report/report.h"

static void add_position(struct jsonout *j, const char *key, uint32_t line, uint32_t col)
{
	jsonout_object(j, key);
	jsonout_int(j, "line", line);
	if (col)
		jsonout_int(j, "column", col);
	jsonout_object_end(j);
}

static void add_location(struct jsonout *j, const char *key, const struct place *p)
{
	jsonout_object(j, key);
	jsonout_string(j, "path", p->file);
	if (p->line) {
		jsonout_object(j, "range");
		add_position(j, "start", p->line, p->col);
		if (p->end_col)
			add_position(j, "end", p->line, p->end_col);
		jsonout_object_end(j);
	}
	jsonout_object_end(j);
}

/* A suggestion replaces text of the file that the finding is in: a patch over several files, or one
 * that changes what the program does, is none. */
static void add_suggestions(struct jsonout *j, const struct finding *f)
{
	const struct patch *patch = f->patch;
	if (!patch || !patch->is_safe || !patch->nr_edits)
		return;
	for (uint32_t i = 0; i < patch->nr_edits; i++)
		if (!str_eq(patch->edits[i].file, f->place.file))
			return;
	jsonout_array(j, "suggestions");
	for (uint32_t i = 0; i < patch->nr_edits; i++) {
		const struct edit *e = &patch->edits[i];
		jsonout_object(j, NULL);
		jsonout_object(j, "range");
		add_position(j, "start", e->line, e->col);
		add_position(j, "end", e->end_line, e->end_col);
		jsonout_object_end(j);
		jsonout_string(j, "text", e->text);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

static void add_related(struct jsonout *j, const struct finding *f)
{
	if (!f->nr_steps)
		return;
	jsonout_array(j, "related_locations");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		jsonout_object(j, NULL);
		jsonout_string(j, "message", f->steps[i].text);
		add_location(j, "location", &f->steps[i].place);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

static const char *rule_uri(const struct report *r, struct arena *a, const char *name)
{
	for (size_t i = 0; i < r->nr_rules; i++)
		if (str_eq(r->rules[i].name, name))
			return output_rule_uri(a, &r->rules[i]);
	return OUTPUT_URI;
}

static void add_diagnostic(
	struct jsonout *j, const struct report *r, struct arena *a, const struct finding *f)
{
	static const char *const severities[] = {"INFO", "WARNING", "ERROR"};
	jsonout_object(j, NULL);
	jsonout_string(j, "message",
		f->fix[0] ? arena_printf(a, "%s\nFix: %s", f->message, f->fix) : f->message);
	add_location(j, "location", &f->place);
	jsonout_string(j, "severity", severities[f->severity]);
	jsonout_object(j, "code");
	jsonout_string(j, "value", f->rule);
	jsonout_string(j, "url", rule_uri(r, a, f->rule));
	jsonout_object_end(j);
	add_suggestions(j, f);
	add_related(j, f);
	jsonout_object_end(j);
}

static void add_incomplete(
	struct jsonout *j, const struct report *r, struct arena *a, const struct incomplete *u)
{
	const struct place place = {.file = path_relative(a, r->root, u->file)};
	jsonout_object(j, NULL);
	jsonout_string(j, "message",
		arena_printf(
			a, "%s: %s", u->is_fatal ? "not analysed" : "analysed in part", u->text));
	add_location(j, "location", &place);
	jsonout_string(j, "severity", u->is_fatal ? "ERROR" : "WARNING");
	jsonout_object_end(j);
}

bool report_rdjson(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct jsonout j;
	strbuf_init(&b, scratch);
	jsonout_init(&j, &b);
	jsonout_object(&j, NULL);
	jsonout_object(&j, "source");
	jsonout_string(&j, "name", "otel-tidy");
	jsonout_string(&j, "url", OUTPUT_URI);
	jsonout_object_end(&j);
	jsonout_array(&j, "diagnostics");
	for (size_t i = 0; i < r->findings->all.nr; i++)
		if (!r->findings->all.at[i].is_suppressed)
			add_diagnostic(&j, r, scratch, &r->findings->all.at[i]);
	for (size_t i = 0; i < r->nr_incomplete; i++)
		add_incomplete(&j, r, scratch, &r->incomplete[i]);
	jsonout_array_end(&j);
	jsonout_object_end(&j);
	return output_write(out, &b);
}
