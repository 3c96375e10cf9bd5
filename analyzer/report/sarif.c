/* The SARIF 2.1.0 report (OASIS, "Static Analysis Results Interchange Format Version 2.1.0"):
 * section numbers below are those of its errata 01 edition. No absolute path enters it, so the
 * bytes are the same in every checkout. */
#include "base/path.h"
#include "findings/patch.h"
#include "report/jsonout.h"
#include "report/output.h"
#include "report/page.h"
#include "report/report.h"
#include "report/source.h"
#include "report/utf8.h"

#include <string.h>

#define SCHEMA                                                                                     \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

/* What GitHub's code scanning takes in one upload ("SARIF support for code scanning", "Validating
 * your SARIF file"): 25,000 results in a run, of which it shows the 5,000 most severe, and 10 MB
 * compressed. Reports compress to a fifteenth or less; this leaves room for twice that. */
#define RESULTS_MAX 25000
#define BYTES_MAX   ((size_t)72 << 20)

struct sarif {
	struct jsonout j;
	struct arena *arena;
	struct sources sources;
	const struct report *report;
	const struct report_rule *rules;
	size_t nr_rules;
	const bool *is_kept; /* by finding: what the limits leave */
	size_t nr_left_out;
};

static void add_message(struct sarif *s, const char *key, const char *text)
{
	jsonout_object(&s->j, key);
	jsonout_string(&s->j, "text", text);
	jsonout_object_end(&s->j);
}

static void add_artifact(struct sarif *s, const char *file)
{
	const char *relative = output_repository_path(s->report, s->arena, file);
	const char *uri = output_percent_encoded(s->arena, relative);
	jsonout_object(&s->j, "artifactLocation");
	if (relative[0] == '/') {
		jsonout_string(&s->j, "uri", arena_printf(s->arena, "file://%s", uri));
	} else {
		jsonout_string(&s->j, "uri", uri);
		jsonout_string(&s->j, "uriBaseId", "SRCROOT");
	}
	jsonout_object_end(&s->j);
}

/* Columns count UTF-16 code units (3.14.17 columnKind); ours count bytes. Without the line at hand
 * they are taken as they are, which is exact for ASCII. */
static uint32_t utf16_column(const struct source_line *line, uint32_t col)
{
	if (!line->s || col < 1 || col > line->n + 1)
		return col;
	return (uint32_t)utf8_utf16_units(line->s, col - 1) + 1;
}

static void add_region(struct sarif *s, const struct place *p)
{
	struct source_line line = source_line(&s->sources, p->file, p->line);
	uint32_t end = p->end_col > p->col ? p->end_col : 0;
	jsonout_object(&s->j, "region");
	jsonout_int(&s->j, "startLine", p->line);
	if (p->col) {
		jsonout_int(&s->j, "startColumn", utf16_column(&line, p->col));
		if (end)
			jsonout_int(&s->j, "endColumn", utf16_column(&line, end));
	}
	/* A region without an end column reaches to the end of its line (3.30.8), and its snippet
	 * is exactly the text of the region (3.30.13). */
	size_t from = p->col ? p->col - 1 : 0, to = end ? end - 1 : line.n;
	if (line.s && from < to && to <= line.n) {
		jsonout_object(&s->j, "snippet");
		jsonout_string_n(&s->j, "text", line.s + from, to - from);
		jsonout_object_end(&s->j);
	}
	jsonout_object_end(&s->j);
}

static void add_physical(struct sarif *s, const struct place *p)
{
	jsonout_object(&s->j, "physicalLocation");
	add_artifact(s, p->file ? p->file : "");
	if (p->line)
		add_region(s, p);
	jsonout_object_end(&s->j);
}

static void add_location(struct sarif *s, const struct finding *f)
{
	jsonout_array(&s->j, "locations");
	jsonout_object(&s->j, NULL);
	add_physical(s, &f->place);
	if (*f->function) {
		jsonout_array(&s->j, "logicalLocations");
		jsonout_object(&s->j, NULL);
		jsonout_string(&s->j, "fullyQualifiedName", f->function);
		jsonout_string(&s->j, "kind", "function");
		jsonout_object_end(&s->j);
		jsonout_array_end(&s->j);
	}
	jsonout_object_end(&s->j);
	jsonout_array_end(&s->j);
}

static void add_related(struct sarif *s, const struct finding *f)
{
	jsonout_array(&s->j, "relatedLocations");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		jsonout_object(&s->j, NULL);
		jsonout_int(&s->j, "id", i + 1);
		add_physical(s, &f->steps[i].place);
		add_message(s, "message", f->steps[i].text);
		jsonout_object_end(&s->j);
	}
	jsonout_array_end(&s->j);
}

static void add_code_flow(struct sarif *s, const struct finding *f)
{
	struct jsonout *j = &s->j;
	jsonout_array(j, "codeFlows");
	jsonout_object(j, NULL);
	jsonout_array(j, "threadFlows");
	jsonout_object(j, NULL);
	jsonout_array(j, "locations");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		jsonout_object(j, NULL);
		jsonout_int(j, "executionOrder", i + 1);
		jsonout_object(j, "location");
		add_physical(s, &f->steps[i].place);
		add_message(s, "message", f->steps[i].text);
		jsonout_object_end(j);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
	jsonout_object_end(j);
	jsonout_array_end(j);
	jsonout_object_end(j);
	jsonout_array_end(j);
}

/* Present for every result once it is present for one (3.27.23); an empty list says that the
 * result is known not to be suppressed. */
static void add_suppressions(struct sarif *s, const struct finding *f)
{
	jsonout_array(&s->j, "suppressions");
	if (f->is_suppressed) {
		jsonout_object(&s->j, NULL);
		jsonout_string(&s->j, "kind", f->is_accepted ? "external" : "inSource");
		jsonout_string(&s->j, "status", "accepted");
		jsonout_string(&s->j, "justification", f->justification);
		jsonout_object_end(&s->j);
	}
	jsonout_array_end(&s->j);
}

/* The first sentence stands alone, as 3.11.3 asks; the rest is the lesson. */
static const char *message_text(struct arena *a, const struct finding *f)
{
	struct strbuf b;
	strbuf_init(&b, a);
	strbuf_addf(&b, "%s.", f->message);
	if (*f->why)
		strbuf_addf(&b, "\nWhy: %s", f->why);
	if (*f->fix)
		strbuf_addf(&b, "\nFix: %s", f->fix);
	return strbuf_str(&b);
}

static void add_replacement(struct sarif *s, const struct edit *e)
{
	struct source_line from = source_line(&s->sources, e->file, e->line);
	struct source_line to = source_line(&s->sources, e->file, e->end_line);
	jsonout_object(&s->j, NULL);
	jsonout_object(&s->j, "deletedRegion");
	jsonout_int(&s->j, "startLine", e->line);
	jsonout_int(&s->j, "startColumn", utf16_column(&from, e->col));
	jsonout_int(&s->j, "endLine", e->end_line);
	jsonout_int(&s->j, "endColumn", utf16_column(&to, e->end_col));
	jsonout_object_end(&s->j);
	add_message(s, "insertedContent", e->text);
	jsonout_object_end(&s->j);
}

/* Fixes (3.55): one artifactChange for each file; edits are sorted by file. */
static void add_fix(struct sarif *s, const struct patch *patch)
{
	struct jsonout *j = &s->j;
	jsonout_array(j, "fixes");
	jsonout_object(j, NULL);
	add_message(s, "description", patch->title);
	jsonout_array(j, "artifactChanges");
	for (uint32_t i = 0; i < patch->nr_edits;) {
		const char *file = patch->edits[i].file;
		jsonout_object(j, NULL);
		add_artifact(s, file);
		jsonout_array(j, "replacements");
		for (; i < patch->nr_edits && str_eq(patch->edits[i].file, file); i++)
			add_replacement(s, &patch->edits[i]);
		jsonout_array_end(j);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
	jsonout_object(j, "properties");
	jsonout_bool(j, "safe", patch->is_safe);
	jsonout_object_end(j);
	jsonout_object_end(j);
	jsonout_array_end(j);
}

static void add_result(struct sarif *s, const struct finding *f)
{
	struct jsonout *j = &s->j;
	jsonout_object(j, NULL);
	jsonout_string(j, "ruleId", f->rule);
	for (size_t i = 0; i < s->nr_rules; i++) {
		if (str_eq(s->rules[i].name, f->rule))
			jsonout_int(j, "ruleIndex", (int64_t)i);
	}
	jsonout_string(j, "level", severity_name(f->severity));
	add_message(s, "message", message_text(s->arena, f));
	add_location(s, f);
	if (f->nr_steps) {
		add_related(s, f);
		add_code_flow(s, f);
	}
	if (f->patch)
		add_fix(s, f->patch);
	jsonout_object(j, "partialFingerprints");
	jsonout_string(j, "otelTidy/v1", f->fingerprint);
	jsonout_object_end(j);
	add_suppressions(s, f);
	if (s->report->base) /* what the change got rid of is no result (3.27.24 would allow it):
				code scanning would show it as an alert */
		jsonout_string(j, "baselineState", "new");
	jsonout_object_end(j);
}

/* "span-leak" to "SpanLeak": 3.49.7 wants a name that reads well beside the stable id. */
static const char *pascal_case(struct arena *a, const char *name)
{
	struct strbuf b;
	bool is_start = true;
	strbuf_init(&b, a);
	for (; *name; name++) {
		bool is_separator = *name == '-' || *name == '_';
		if (!is_separator && is_start && *name >= 'a' && *name <= 'z')
			strbuf_addc(&b, (char)(*name - 'a' + 'A'));
		else if (!is_separator)
			strbuf_addc(&b, *name);
		is_start = is_separator;
	}
	return strbuf_str(&b);
}

static void add_help(struct sarif *s, const struct report_rule *rule)
{
	const char *page = rule->page ? rule->page : "";
	struct strbuf text;
	struct pen pen = {.out = &text, .width = 80, .is_unicode = true};
	strbuf_init(&text, s->arena);
	page_render(&pen, page);
	jsonout_object(&s->j, "help");
	jsonout_string(&s->j, "text", strbuf_str(&text));
	jsonout_string(&s->j, "markdown", page);
	jsonout_object_end(&s->j);
}

static void add_rule(struct sarif *s, const struct report_rule *rule)
{
	struct jsonout *j = &s->j;
	const char *paragraph = page_first_paragraph(s->arena, rule->page ? rule->page : "");
	jsonout_object(j, NULL);
	jsonout_string(j, "id", rule->name);
	jsonout_string(j, "name", pascal_case(s->arena, rule->name));
	add_message(s, "shortDescription", rule->summary);
	add_message(s, "fullDescription", *paragraph ? paragraph : rule->summary);
	add_help(s, rule);
	jsonout_string(j, "helpUri", output_rule_uri(s->arena, rule));
	jsonout_object(j, "defaultConfiguration");
	jsonout_string(j, "level", severity_name(rule->severity));
	jsonout_object_end(j);
	jsonout_object(j, "properties");
	jsonout_array(j, "tags");
	jsonout_string(j, NULL, rule->group);
	jsonout_string(j, NULL, rule->tier);
	jsonout_array_end(j);
	jsonout_string(j, "precision", str_eq(rule->tier, "preview") ? "medium" : "high");
	jsonout_string(j, "problem.severity",
		rule->severity == SEVERITY_NOTE ? "recommendation" : severity_name(rule->severity));
	jsonout_object_end(j);
	jsonout_object_end(j);
}

static void add_tool(struct sarif *s)
{
	struct jsonout *j = &s->j;
	jsonout_object(j, "tool");
	jsonout_object(j, "driver");
	jsonout_string(j, "name", "otel-tidy");
	jsonout_string(j, "version", s->report->version);
	jsonout_string(j, "semanticVersion", s->report->version);
	jsonout_string(j, "informationUri", OUTPUT_URI);
	jsonout_array(j, "rules");
	for (size_t i = 0; i < s->nr_rules; i++)
		add_rule(s, &s->rules[i]);
	jsonout_array_end(j);
	jsonout_object_end(j);
	jsonout_object_end(j);
}

static void add_notification(struct sarif *s, const struct incomplete *u)
{
	struct jsonout *j = &s->j;
	const char *text = arena_printf(s->arena, "%s: %s.",
		u->is_fatal ? "Not analysed" : "Analysed in part", u->text ? u->text : "");
	if (u->command && *u->command)
		text = arena_printf(s->arena, "%s\nTo see it again: %s", text, u->command);
	jsonout_object(j, NULL);
	jsonout_string(j, "level", u->is_fatal ? "error" : "warning");
	add_message(s, "message", text);
	jsonout_array(j, "locations");
	jsonout_object(j, NULL);
	add_physical(s, &(struct place){.file = u->file});
	jsonout_object_end(j);
	jsonout_array_end(j);
	jsonout_object_end(j);
}

static void add_trimmed(struct sarif *s)
{
	if (!s->nr_left_out)
		return;
	jsonout_object(&s->j, NULL);
	jsonout_string(&s->j, "level", "warning");
	add_message(s, "message",
		arena_printf(s->arena,
			"%zu less severe results are left out, so that the file stays within what "
			"GitHub's code scanning takes in one upload. Every result is in the "
			"report that --format json writes.",
			s->nr_left_out));
	jsonout_object_end(&s->j);
}

/* Exit codes 0 and 1 are verdicts; 2 and 3 mean that there is none for the whole program. */
static void add_invocation(struct sarif *s)
{
	struct jsonout *j = &s->j;
	const struct report *r = s->report;
	jsonout_array(j, "invocations");
	jsonout_object(j, NULL);
	jsonout_bool(j, "executionSuccessful", r->exit_code == 0 || r->exit_code == 1);
	jsonout_int(j, "exitCode", r->exit_code);
	jsonout_array(j, "toolExecutionNotifications");
	for (size_t i = 0; i < r->nr_incomplete; i++)
		add_notification(s, &r->incomplete[i]);
	add_trimmed(s);
	jsonout_array_end(j);
	jsonout_object_end(j);
	jsonout_array_end(j);
}

static void add_run(struct sarif *s)
{
	struct jsonout *j = &s->j;
	jsonout_object(j, NULL);
	add_tool(s);
	add_invocation(s);
	jsonout_object(j, "originalUriBaseIds");
	jsonout_object(j, "SRCROOT");
	add_message(s, "description", "The root of the project that was analysed.");
	jsonout_object_end(j);
	jsonout_object_end(j);
	jsonout_string(j, "columnKind", "utf16CodeUnits");
	jsonout_array(j, "results");
	for (size_t i = 0; i < s->report->findings->all.nr; i++)
		if (s->is_kept[i])
			add_result(s, &s->report->findings->all.at[i]);
	jsonout_array_end(j);
	jsonout_object(j, "automationDetails");
	jsonout_string(j, "id", "otel-tidy/");
	jsonout_object_end(j);
	jsonout_object_end(j);
}

/* The `max` most severe, suppressed ones last; they stay in their order. */
static void keep(struct sarif *s, size_t max)
{
	const struct findings *f = s->report->findings;
	bool *is_kept = arena_array(s->arena, bool, f->all.nr);
	size_t nr = 0;
	for (int level = SEVERITY_ERROR; level >= SEVERITY_NOTE - 1; level--) {
		for (size_t i = 0; i < f->all.nr && nr < max; i++) {
			const struct finding *one = &f->all.at[i];
			bool is_due = one->is_suppressed ? level < (int)SEVERITY_NOTE
							 : (int)one->severity == level;
			is_kept[i] |= is_due;
			nr += is_due;
		}
	}
	s->is_kept = is_kept;
	s->nr_left_out = f->all.nr - nr;
}

static void write_all(struct sarif *s, struct strbuf *b)
{
	strbuf_init(b, s->arena);
	jsonout_init(&s->j, b);
	jsonout_object(&s->j, NULL);
	jsonout_string(&s->j, "$schema", SCHEMA);
	jsonout_string(&s->j, "version", "2.1.0");
	jsonout_array(&s->j, "runs");
	add_run(s);
	jsonout_array_end(&s->j);
	jsonout_object_end(&s->j);
}

bool report_sarif(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct sarif s = {.arena = scratch, .report = r};
	size_t max = RESULTS_MAX;
	sources_init(&s.sources, scratch, r->root);
	s.rules = output_rules(r, scratch, &s.nr_rules);
	do {
		keep(&s, max);
		write_all(&s, &b);
		max /= 2;
	} while (b.len > BYTES_MAX && max);
	return output_write(out, &b);
}
