/* JUnit XML, as Jenkins' junit-10.xsd describes it and most CI services read it: one suite, one
 * case for each rule that found nothing and one for each finding. What does not make the exit code
 * 1 is no failure: it stands in the case's output. */
#include "base/path.h"
#include "report/output.h"
#include "report/report.h"

struct junit {
	struct strbuf *out;
	struct arena *arena;
	const struct report *report;
	size_t tests, failures, errors;
};

static void open_case(struct junit *u, const char *class, const char *name)
{
	strbuf_add(u->out, "    <testcase");
	output_xml_attribute(u->out, "classname", class);
	output_xml_attribute(u->out, "name", name);
	strbuf_add(u->out, " time=\"0\">\n");
	u->tests++;
}

static const char *place_text(struct arena *a, const struct place *p)
{
	return p->line ? arena_printf(a, "%s:%u:%u", p->file, p->line, p->col) : p->file;
}

static void add_body(struct junit *u, const struct finding *f)
{
	struct arena *a = u->arena;
	output_xml(u->out, arena_printf(a, "%s: %s: %s [%s]\n", place_text(a, &f->place),
				   severity_name(f->severity), f->message, f->rule));
	for (uint32_t i = 0; i < f->nr_steps; i++)
		output_xml(u->out, arena_printf(a, "  %u. %s: %s\n", i + 1,
					   place_text(a, &f->steps[i].place), f->steps[i].text));
	if (f->why[0])
		output_xml(u->out, arena_printf(a, "why: %s\n", f->why));
	if (f->fix[0])
		output_xml(u->out, arena_printf(a, "fix: %s\n", f->fix));
}

static void add_finding(struct junit *u, const struct finding *f)
{
	bool is_failing = f->severity >= u->report->fail_from;
	open_case(u, f->rule, place_text(u->arena, &f->place));
	if (is_failing) {
		strbuf_add(u->out, "      <failure");
		output_xml_attribute(u->out, "type", severity_name(f->severity));
		output_xml_attribute(u->out, "message", f->message);
		strbuf_addc(u->out, '>');
		u->failures++;
	} else {
		strbuf_add(u->out, "      <system-out>");
	}
	add_body(u, f);
	strbuf_add(u->out, is_failing ? "</failure>\n" : "</system-out>\n");
	strbuf_add(u->out, "    </testcase>\n");
}

static void add_rule(struct junit *u, const struct report_rule *rule)
{
	bool has_findings = false;
	for (size_t i = 0; i < u->report->findings->all.nr; i++) {
		const struct finding *f = &u->report->findings->all.at[i];
		if (f->is_suppressed || !str_eq(f->rule, rule->name))
			continue;
		has_findings = true;
		add_finding(u, f);
	}
	if (has_findings)
		return;
	open_case(u, rule->name, "no findings");
	u->out->len--; /* the newline */
	strbuf_add(u->out, "</testcase>\n");
}

static void add_incomplete(struct junit *u, const struct incomplete *i)
{
	const char *file = path_relative(u->arena, u->report->root, i->file);
	open_case(u, "analysis", file);
	strbuf_addf(u->out, "      <error");
	output_xml_attribute(u->out, "type", i->is_fatal ? "not analysed" : "incomplete");
	output_xml_attribute(u->out, "message", i->text);
	strbuf_addc(u->out, '>');
	output_xml(u->out, i->command ? i->command : "");
	strbuf_add(u->out, "</error>\n    </testcase>\n");
	u->errors++;
}

bool report_junit(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf cases, b;
	struct junit u = {.out = &cases, .arena = scratch, .report = r};
	size_t nr;
	const struct report_rule *rules = output_rules(r, scratch, &nr);
	strbuf_init(&cases, scratch);
	strbuf_init(&b, scratch);
	for (size_t i = 0; i < nr; i++)
		add_rule(&u, &rules[i]);
	for (size_t i = 0; i < r->nr_incomplete; i++)
		add_incomplete(&u, &r->incomplete[i]);
	const char *counts =
		arena_printf(scratch, "tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"0\"",
			u.tests, u.failures, u.errors);
	strbuf_addf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites %s>\n", counts);
	strbuf_addf(&b, "  <testsuite name=\"otel-tidy\" skipped=\"0\" %s>\n", counts);
	strbuf_add(&b, strbuf_str(&cases));
	strbuf_add(&b, "  </testsuite>\n</testsuites>\n");
	return output_write(out, &b);
}
