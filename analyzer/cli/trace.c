/* otel-tidy trace FILE...: what exported traces look like, and questions to them. */
#include "cli/trace.h"
#include "cli/commands.h"
#include "cli/setup.h"

#include "base/path.h"
#include "base/str.h"
#include "base/terminal.h"
#include "report/pen.h"
#include "traces/html.h"
#include "traces/load.h"
#include "traces/query_run.h"
#include "traces/tree.h"
#include "traces/waterfall.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void trace_print_problems(struct trace_input *in, bool is_last)
{
	fflush(stdout);
	for (size_t i = in->nr_told; i < in->problems.nr; i++) {
		const struct trace_problem *p = &in->problems.at[i];
		fprintf(stderr, "otel-tidy: %s:", p->file);
		if (p->line)
			fprintf(stderr, "%u:", p->line);
		if (p->column)
			fprintf(stderr, "%u:", p->column);
		fprintf(stderr, " %s\n", p->text);
	}
	in->nr_told = in->problems.nr;
	if (is_last && in->nr_problems > in->problems.nr)
		fprintf(stderr, "otel-tidy: and %zu more like these\n",
			in->nr_problems - in->problems.nr);
}

static bool wants_json(const struct options *o)
{
	return o->outputs.nr && str_eq(o->outputs.at[0].format, "json");
}

/* Text goes out trace by trace, so that memory does not grow with what was printed. */
struct printing {
	struct options *o;
	struct query_answer *answer;
};

static void print_tree(void *ctx, const struct trace *t)
{
	struct printing *p = ctx;
	struct arena scratch;
	struct strbuf out;
	struct tree_options how = {.keys_only = p->o->is_keys_only};
	arena_init(&scratch);
	strbuf_init(&out, &scratch);
	trace_tree(&out, t, &how);
	fputs(strbuf_str(&out), stdout);
	arena_fini(&scratch);
}

static void print_waterfall(void *ctx, const struct trace *t)
{
	struct printing *p = ctx;
	struct arena scratch;
	struct strbuf out;
	arena_init(&scratch);
	strbuf_init(&out, &scratch);
	struct pen pen = {.out = &out,
		.width = p->o->width ? p->o->width : terminal_width(stdout),
		.color = setup_wants_color(p->o, stdout),
		.is_unicode = setup_is_unicode(stdout)};
	if (!pen.width)
		pen.width = PEN_WIDTH;
	waterfall(&pen, t);
	fputs(strbuf_str(&out), stdout);
	arena_fini(&scratch);
}

/* One trace, and how it was chosen among how many. */
static void run_waterfall(struct trace_view *v)
{
	struct options *o = v->options;
	struct printing p = {.o = o};
	struct trace_rec *t = trace_most_interesting(&v->chosen);
	struct arena *a = o->arena;
	uint64_t nr_bad = 0;
	for (size_t i = 0; i < v->index.traces.nr; i++)
		nr_bad += v->index.traces.at[i].nr_errors > 0;
	if (t)
		trace_load(&v->input, &v->index, &t, 1, print_waterfall, &p);
	if (v->index.traces.nr == 1 && t)
		return;
	printf("%s%s, %s", t ? "\n" : "", count_of(a, v->index.traces.nr, "trace", "traces"),
		count_of(a, v->index.nr_spans, "span", "spans"));
	if (nr_bad)
		printf("; %s with an error", count_of(a, nr_bad, "trace", "traces"));
	if (!o->trace[0] && t)
		printf("; shown is the slowest%s", t->nr_errors ? " with an error" : "");
	putchar('\n');
}

static void ask(void *ctx, const struct trace *t)
{
	struct printing *p = ctx;
	query_answer_add(p->answer, t);
}

static int run_query(struct trace_view *v, const struct query *q)
{
	struct query_answer answer;
	struct printing p = {.o = v->options, .answer = &answer};
	struct strbuf out;
	query_answer_init(&answer, v->options->arena, q);
	trace_load(&v->input, &v->index, v->chosen.at, v->chosen.nr, ask, &p);
	query_answer_finish(&answer);
	strbuf_init(&out, v->options->arena);
	const char *file = v->options->outputs.nr ? v->options->outputs.at[0].file : "";
	bool is_stdout = !file[0] || str_eq(file, "-");
	if (wants_json(v->options))
		query_answer_json(&out, &answer);
	else
		query_answer_text(&out, &answer, is_stdout && setup_is_unicode(stdout));
	if (is_stdout)
		fputs(strbuf_str(&out), stdout);
	else if (!file_write(file, strbuf_str(&out), out.len))
		return cli_fail("%s: %s", file, strerror(errno));
	return 0;
}

struct page {
	struct trace_view *view;
	FILE *file;
};

static void write_page(void *ctx, const struct trace *t)
{
	struct page *p = ctx;
	struct options *o = p->view->options;
	struct html_page page = {.trace = t,
		.names = &p->view->names,
		.nr_traces = p->view->index.traces.nr,
		.nr_spans = p->view->index.nr_spans};
	struct arena scratch;
	struct strbuf out, files;
	arena_init(&scratch);
	strbuf_init(&out, &scratch);
	strbuf_init(&files, &scratch);
	for (size_t i = 0; i < o->paths.nr; i++)
		strbuf_addf(&files, "%s%s", i ? " " : "", o->paths.at[i]);
	page.files = strbuf_str(&files);
	html_page(&out, &page);
	fwrite(out.s, 1, out.len, p->file);
	arena_fini(&scratch);
}

static int run_html(struct trace_view *v)
{
	const char *path = v->options->html;
	struct trace_rec *t = trace_most_interesting(&v->chosen);
	bool is_stdout = str_eq(path, "-");
	struct page page = {.view = v};
	if (!t)
		return cli_fail("%s is not written: no trace is left to show", path);
	trace_names_sort(&v->names);
	page.file = is_stdout ? stdout : fopen(path, "w");
	if (!page.file)
		return cli_fail("%s: %s", path, strerror(errno));
	trace_load(&v->input, &v->index, &t, 1, write_page, &page);
	bool is_broken = ferror(page.file) != 0;
	if (!is_stdout && fclose(page.file) != 0)
		is_broken = true;
	return is_broken ? cli_fail("cannot write to %s: %s", path, strerror(errno)) : 0;
}

int trace_view_open(struct trace_view *v, struct options *o)
{
	const char *error;
	*v = (struct trace_view){.options = o};
	if (!o->paths.nr)
		return cli_fail("%s needs a FILE of OTLP JSON lines; see otel-tidy %s --help",
			o->command, o->command);
	if (!trace_input_open(&v->input, o->arena, o->paths.at, o->paths.nr, &error))
		return cli_fail("%s", error);
	trace_names_init(&v->names);
	trace_load_index(&v->input, &v->index, o->query || o->is_tree ? NULL : &v->names);
	if (v->index.nr_spans_beyond)
		trace_input_problem(&v->input, v->input.files.at[0].path, 0, 0,
			arena_printf(o->arena,
				"more than %u traces; %" PRIu64 " spans of later ones are left out",
				TRACES_MAX, v->index.nr_spans_beyond));
	if (!v->index.nr_spans && !v->input.nr_problems)
		for (size_t i = 0; i < v->input.files.nr; i++)
			trace_input_problem(&v->input, v->input.files.at[i].path, 0, 0,
				"no spans in it; expected are lines that begin with "
				"{\"resourceSpans\":");
	trace_print_problems(&v->input, false);
	return 0;
}

void trace_view_close(struct trace_view *v)
{
	trace_input_close(&v->input);
	trace_index_fini(&v->index);
	trace_names_fini(&v->names);
}

static int run(struct trace_view *v, const struct query *q)
{
	struct options *o = v->options;
	struct trace_choice choice = {
		.id = o->trace, .is_slowest = o->is_slowest, .is_errors = o->is_errors};
	struct printing p = {.o = o};
	const char *error;
	if (!trace_choose(&v->index, o->arena, &choice, &v->chosen, &error))
		return cli_fail("%s", error);
	int failed = 0;
	if (o->html)
		failed = run_html(v);
	else if (o->query)
		failed = run_query(v, q);
	else if (o->is_tree)
		trace_load(&v->input, &v->index, v->chosen.at, v->chosen.nr, print_tree, &p);
	else
		run_waterfall(v);
	if (failed)
		return failed;
	trace_print_problems(&v->input, true);
	return v->input.nr_problems ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

/* What would be ignored is refused. */
static int check_options(const struct options *o)
{
	if ((o->html != NULL) + (o->query != NULL) + o->is_tree > 1)
		return cli_fail("trace shows one thing; choose --html, --query or --tree");
	if (o->outputs.nr && !o->query)
		return cli_fail("--format is about the answer to --query");
	if (o->outputs.nr > 1)
		return cli_fail("trace gives one answer; give one --format");
	if (o->is_keys_only && !o->is_tree)
		return cli_fail("--keys-only is about --tree");
	if (o->width && (o->html || o->query || o->is_tree))
		return cli_fail("--width is about the waterfall");
	return 0;
}

int command_trace(struct options *o)
{
	struct trace_view v;
	struct query q;
	const char *error;
	if (check_options(o))
		return EXIT_USAGE;
	if (o->query && !query_parse(&q, o->arena, o->query, &error))
		return cli_fail("%s", error);
	int code = trace_view_open(&v, o);
	if (!code)
		code = run(&v, &q);
	if (v.input.files.nr)
		trace_view_close(&v);
	return code;
}
