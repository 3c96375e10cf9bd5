/* The JSON report, version 1: docs/json-format.md and rules/report.schema.json describe it. Change
 * all three together. */
#include "base/path.h"
#include "findings/patch.h"
#include "report/evidence.h"
#include "report/jsonout.h"
#include "report/output.h"
#include "report/report.h"

#define FORMAT_VERSION 1

static void add_place(struct jsonout *j, const struct place *p)
{
	jsonout_string(j, "file", p->file);
	jsonout_int(j, "line", p->line);
	jsonout_int(j, "column", p->col);
	jsonout_int(j, "end_column", p->end_col);
}

/* A list, so that a finding may come to offer a choice. */
static void add_patch(struct jsonout *j, const struct patch *patch)
{
	jsonout_array(j, "patches");
	if (patch) {
		jsonout_object(j, NULL);
		jsonout_string(j, "title", patch->title);
		jsonout_bool(j, "safe", patch->is_safe);
		jsonout_array(j, "edits");
		for (uint32_t i = 0; i < patch->nr_edits; i++) {
			const struct edit *e = &patch->edits[i];
			jsonout_object(j, NULL);
			jsonout_string(j, "file", e->file);
			jsonout_int(j, "line", e->line);
			jsonout_int(j, "column", e->col);
			jsonout_int(j, "end_line", e->end_line);
			jsonout_int(j, "end_column", e->end_col);
			jsonout_string(j, "text", e->text);
			jsonout_object_end(j);
		}
		jsonout_array_end(j);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

static void add_finding(struct jsonout *j, const struct finding *f)
{
	jsonout_object(j, NULL);
	jsonout_string(j, "rule", f->rule);
	jsonout_string(j, "severity", severity_name(f->severity));
	add_place(j, &f->place);
	jsonout_string(j, "function", f->function);
	jsonout_string(j, "subject", f->subject);
	jsonout_string(j, "message", f->message);
	jsonout_string(j, "why", f->why);
	jsonout_string(j, "fix", f->fix);
	jsonout_array(j, "steps");
	for (uint32_t i = 0; i < f->nr_steps; i++) {
		jsonout_object(j, NULL);
		add_place(j, &f->steps[i].place);
		jsonout_string(j, "text", f->steps[i].text);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
	add_patch(j, f->patch);
	jsonout_string(j, "fingerprint", f->fingerprint);
	jsonout_bool(j, "suppressed", f->is_suppressed);
	jsonout_string(j, "justification", f->is_suppressed ? f->justification : "");
	jsonout_object_end(j);
}

static void add_findings(struct jsonout *j, const char *key, const struct findings *f)
{
	jsonout_array(j, key);
	for (size_t i = 0; i < f->all.nr; i++)
		add_finding(j, &f->all.at[i]);
	jsonout_array_end(j);
}

static void add_summary(struct jsonout *j, const struct report *r)
{
	struct output_counts c = output_count(r->findings);
	jsonout_object(j, "summary");
	jsonout_int(j, "findings", (int64_t)c.shown);
	jsonout_int(j, "errors", (int64_t)c.errors);
	jsonout_int(j, "warnings", (int64_t)c.warnings);
	jsonout_int(j, "notes", (int64_t)c.notes);
	jsonout_int(j, "suppressed", (int64_t)c.suppressed);
	jsonout_int(j, "incomplete", (int64_t)r->nr_incomplete);
	jsonout_object_end(j);
}

static void add_fine_line(struct jsonout *j, const struct fine_line *l)
{
	jsonout_object(j, "fine_line");
	jsonout_int(j, "spans", l->spans);
	jsonout_int(j, "on_critical", l->on_critical);
	jsonout_int(j, "deserved", l->deserved);
	jsonout_int(j, "trivial", l->trivial);
	jsonout_int(j, "undecided", l->undecided);
	jsonout_int(j, "critical_paths", l->critical_paths);
	jsonout_int(j, "critical_covered", l->critical_covered);
	jsonout_int(j, "critical_complete", l->critical_complete);
	jsonout_int(j, "units", l->units);
	jsonout_int(j, "units_failed", l->units_failed);
	jsonout_int(j, "functions", l->functions);
	jsonout_int(j, "functions_incomplete", l->functions_incomplete);
	jsonout_object_end(j);
}

static void add_incomplete(struct jsonout *j, const struct report *r, struct arena *scratch)
{
	jsonout_array(j, "incomplete");
	for (size_t i = 0; i < r->nr_incomplete; i++) {
		const struct incomplete *u = &r->incomplete[i];
		jsonout_object(j, NULL);
		jsonout_string(j, "file", path_relative(scratch, r->root, u->file));
		jsonout_string(j, "text", u->text);
		jsonout_string(j, "command", u->command);
		jsonout_bool(j, "fatal", u->is_fatal);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

static void add_rules(struct jsonout *j, const struct report *r, struct arena *scratch)
{
	size_t nr;
	const struct report_rule *rules = output_rules(r, scratch, &nr);
	jsonout_array(j, "rules");
	for (size_t i = 0; i < nr; i++) {
		jsonout_object(j, NULL);
		jsonout_string(j, "name", rules[i].name);
		jsonout_string(j, "group", rules[i].group);
		jsonout_string(j, "tier", rules[i].tier);
		jsonout_string(j, "severity", severity_name(rules[i].severity));
		jsonout_string(j, "summary", rules[i].summary);
		jsonout_string(j, "uri", output_rule_uri(scratch, &rules[i]));
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

bool report_json(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct jsonout j;
	strbuf_init(&b, scratch);
	jsonout_init(&j, &b);
	jsonout_object(&j, NULL);
	jsonout_int(&j, "version", FORMAT_VERSION);
	jsonout_object(&j, "tool");
	jsonout_string(&j, "name", "otel-tidy");
	jsonout_string(&j, "version", r->version);
	jsonout_object_end(&j);
	jsonout_string(
		&j, "database", r->database ? path_relative(scratch, r->root, r->database) : "");
	jsonout_int(&j, "exit_code", r->exit_code);
	add_summary(&j, r);
	add_findings(&j, "findings", r->findings);
	if (r->base) {
		jsonout_string(&j, "base", r->base);
		add_findings(&j, "mended", r->mended);
	}
	if (r->evidence)
		evidence_json(&j, r->evidence);
	add_fine_line(&j, r->line);
	add_incomplete(&j, r, scratch);
	add_rules(&j, r, scratch);
	jsonout_object_end(&j);
	return output_write(out, &b);
}
