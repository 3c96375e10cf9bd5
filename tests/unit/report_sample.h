/* A small project with its findings, used by the report tests and by the schema samples: tabs,
 * characters outside the BMP, a path over two files, a long line, a suppression, a unit that could
 * not be parsed. */
#ifndef OTEL_TIDY_TESTS_REPORT_SAMPLE_H
#define OTEL_TIDY_TESTS_REPORT_SAMPLE_H

#include "base/path.h"
#include "findings/patch.h"
#include "findings/suppress.h"
#include "report/report.h"

#include <string.h>

static const char sample_order_c[] =
	"#include \"order.h\"\n"
	"\n"
	"int place_order(struct tracer *t, struct cart *cart)\n"
	"{\n"
	"\tstruct order *o = order_new(cart);\n"
	"\tctel_span *span = ctel_span_start(t, \"place order\", NULL);\n"
	"\n"
	"\tif (!o)\n"
	"\t\treturn -1;\n"
	"\tctel_set(span, \"order.note\", \"gr\xc3\xb6\xc3\x9f"
	"er \xf0\x9f\x9b\x92\"); order_log(span, \"\xe6\xb3\xa8\");\n"
	"\tif (order_store(span, o) < 0) { /* a line that goes on and on and on and on, far beyond "
	"what any terminal shows */ return order_fail(o, span, \"store\"); }\n"
	"\tctel_span_end(span);\n"
	"\treturn 0;\n"
	"}\n"
	"\n"
	"int order_total(struct tracer *t, const struct order *o)\n"
	"{\n"
	"\tctel_span *span = ctel_span_enter(t, \"total\"); // otel-tidy: allow(trivial-span) "
	"reason: shown in the lab\n"
	"\tctel_span_end(span);\n"
	"\treturn o->total; // otel-tidy: allow(span-leek) reason: no\n"
	"}\n";

static const char sample_store_c[] = "int order_store(ctel_span *span, struct order *o)\n"
				     "{\n"
				     "\tpool_keep(span);\n"
				     "\treturn db_write(o);\n"
				     "}\n";

static const char sample_page[] =
	"# span-leak\n\n"
	"A span is started and, on some path, never ended. It is never exported: the trace has a "
	"hole where the work was.\n\n"
	"| group | tier | severity | since |\n|---|---|---|---|\n"
	"| lifetime | recommended | warning | 0.1 |\n\n"
	"## What\n\n"
	"A path from `ctel_span_start` to the function's exit on which the span is **neither ended "
	"nor handed over**: returned, stored, or passed to something that keeps it. See the "
	"[specification](https://opentelemetry.io/docs/specs/otel/trace/api/).\n\n"
	"## Bad\n\n"
	"```c\nctel_span *s = ctel_span_start(t, \"read\", NULL);\nif (!f)\n\treturn -1;\n"
	"ctel_span_end(s);\n```\n\n"
	"## Stays silent\n\n"
	"- the span is returned, or stored in a structure that outlives the function and that "
	"someone else clears\n"
	"- `__attribute__((cleanup))`\n\n"
	"1. first\n2. second\n";

static const struct report_rule sample_rules[] = {
	{"missing-attribute", "under", "recommended", "A required key is not set.",
		"# missing-attribute\n\nA required key is not set.\n", SEVERITY_ERROR},
	{"span-leak", "lifetime", "recommended", "A span is started and never ended.", sample_page,
		SEVERITY_WARNING},
	{"trivial-span", "over", "recommended", "A span on work too small to see.",
		"# trivial-span\n\nA span on work too small to see.\n", SEVERITY_WARNING},
};

static const struct step sample_leak_steps[] = {
	{{"src/order.c", 6, 20, 59}, "starts here"},
	{{"src/order.c", 8, 6, 8}, "takes the error branch"},
	{{"src/order.c", 9, 3, 12}, "leaves without ending it"},
};

static const struct step sample_attribute_steps[] = {
	{{"src/order.c", 6, 20, 0}, "the span of this path"},
	{{"src/db/a b#1.c", 3, 2, 17}, "handed on"},
	{{"src/order.c", 12, 2, 0}, "ended without \"tenant.id\""},
};

static const struct incomplete sample_incomplete[] = {
	{"src/pay.c", "'pay/gateway.h' file not found (pay.c:3)",
		"otel-tidy collect -p build src/pay.c", true},
};

static const struct fine_line sample_line = {.spans = 57,
	.on_critical = 12,
	.deserved = 21,
	.trivial = 31,
	.undecided = 5,
	.critical_paths = 3,
	.critical_covered = 2,
	.critical_complete = 1,
	.units = 25,
	.units_failed = 1,
	.functions = 310,
	.functions_incomplete = 4};

static inline bool sample_write_sources(struct arena *a, const char *root)
{
	return dir_make(path_join(a, root, "src/db")) &&
	       file_write(
		       path_join(a, root, "src/order.c"), sample_order_c, strlen(sample_order_c)) &&
	       file_write(path_join(a, root, "src/db/a b#1.c"), sample_store_c,
		       strlen(sample_store_c));
}

/* `order_log(span, "…")` on line 10, behind characters of two and of four bytes, gets another text.
 */
static inline struct patch *sample_patch(struct arena *a)
{
	static const char call[] = "order_log(span, \"\xe6\xb3\xa8\")";
	struct edit *edit = arena_new(a, struct edit);
	struct patch *patch = arena_new(a, struct patch);
	*edit = (struct edit){.file = "src/order.c",
		.line = 10,
		.col = 49,
		.end_line = 10,
		.end_col = 49 + (uint32_t)strlen(call),
		.from = (size_t)(strstr(sample_order_c, call) - sample_order_c),
		.text = "order_note(span)"};
	edit->to = edit->from + strlen(call);
	*patch = (struct patch){
		.is_safe = true, .title = "note it on the span", .nr_edits = 1, .edits = edit};
	return patch;
}

static inline void sample_findings(struct findings *f, struct arena *a)
{
	static const char *const names[] = {"missing-attribute", "span-leak", "trivial-span"};
	static const bool enabled[] = {true, true, true};
	static const struct suppression suppressions[] = {
		{.place = {"src/order.c", 18, 52, 0},
			.text = "allow(trivial-span) reason: shown in the lab",
			.target = 18,
			.from = 18,
			.to = 18},
		{.place = {"src/order.c", 20, 22, 0},
			.text = "allow(span-leek) reason: no",
			.target = 20,
			.from = 20,
			.to = 20},
	};
	findings_init(f, a);
	findings_add(
		f, (struct finding){.rule = "span-leak",
			   .severity = SEVERITY_WARNING,
			   .place = {"src/order.c", 6, 20, 59},
			   .function = "place_order",
			   .message = "span \"place order\" is never ended on this path",
			   .why = "a span that never ends is never exported: failed orders are "
				  "missing from every trace, and only they",
			   .fix = "call ctel_span_end(span) before the return on line 9",
			   .subject = "place order",
			   .nr_steps = 3,
			   .steps = sample_leak_steps});
	findings_add(f, (struct finding){.rule = "missing-attribute",
				.severity = SEVERITY_ERROR,
				.place = {"src/order.c", 10, 49, 71},
				.function = "place_order",
				.message = "\"tenant.id\" is not set on critical path "
					   "\"checkout.place_order\"",
				.why = "nobody can tell whose order it was",
				.fix = "+\tctel_set(span, \"tenant.id\", cart->tenant);\n"
				       " \tctel_span_end(span);",
				.patch = sample_patch(a),
				.subject = "tenant.id",
				.nr_steps = 3,
				.steps = sample_attribute_steps});
	findings_add(f, (struct finding){.rule = "span-leak",
				.severity = SEVERITY_NOTE,
				.place = {"src/order.c", 11, 124, 152},
				.function = "place_order",
				.message = "whether order_fail() ends the span is not known",
				.subject = "place order"});
	findings_add(f, (struct finding){.rule = "trivial-span",
				.severity = SEVERITY_WARNING,
				.place = {"src/order.c", 18, 20, 47},
				.function = "order_total",
				.message = "span \"total\" covers one statement and nothing that "
					   "waits",
				.subject = "total"});
	findings_add(f, (struct finding){.rule = "span-leak",
				.severity = SEVERITY_WARNING,
				.place = {"src/gone.c", 7, 3, 9},
				.message = "span \"gone\" is never ended on this path",
				.subject = "gone"});
	suppress_apply(f, suppressions, 2, names, enabled, 3);
	findings_finish(f);
}

static inline struct report sample_report(const struct findings *f, const char *root)
{
	return (struct report){.version = "0.1.0",
		.root = root,
		.findings = f,
		.line = &sample_line,
		.incomplete = sample_incomplete,
		.nr_incomplete = 1,
		.rules = sample_rules,
		.nr_rules = sizeof(sample_rules) / sizeof(sample_rules[0]),
		.database = "build/compile_commands.json",
		.exit_code = 3};
}

#endif
