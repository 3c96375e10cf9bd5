/* Fuzzing of what `otel-tidy trace` reads. An input is a file of traces, which every view then
 * shows; or, when it begins with a question mark, a query. What must hold of any input: each span
 * that is indexed is shown once, no view lets a control character or a piece of markup through,
 * answers as JSON are JSON, and what could not be read is a problem with a text. */
#include "base/json.h"
#include "report/utf8.h"
#include "traces/html.h"
#include "traces/load.h"
#include "traces/query_run.h"
#include "traces/select.h"
#include "traces/tree.h"
#include "traces/waterfall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz traces: %s\n", what);
	abort();
}

static void must_be_safe(const struct strbuf *out, const char *what)
{
	const char *s = strbuf_str(out);
	must(strlen(s) == out->len, "a NUL in what is shown");
	for (size_t i = 0; i < out->len;) {
		uint32_t c;
		i += utf8_decode(s + i, out->len - i, &c);
		must(c == '\n' || c == '\t' || !utf8_is_unsafe(c), what);
	}
}

static size_t count(const char *text, const char *part)
{
	size_t nr = 0;
	for (const char *p = strstr(text, part); p; p = strstr(p + 1, part))
		nr++;
	return nr;
}

struct views {
	const struct trace_names *names;
	struct query_answer *answer;
	size_t nr_spans;
};

static void show(void *ctx, const struct trace *t)
{
	struct views *v = ctx;
	struct arena a;
	struct strbuf tree, bars, html;
	arena_init(&a);
	strbuf_init(&tree, &a);
	strbuf_init(&bars, &a);
	strbuf_init(&html, &a);
	v->nr_spans += t->nr;
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_node *n = t->order[i];
		must(n->number == i, "a span has another place than its number");
		must(!n->parent || n->parent->number < i, "a span comes before its parent");
		must(i + n->nr_below < t->nr, "more spans below a span than there are");
	}
	trace_tree(&tree, t, &(struct tree_options){.keys_only = t->nr % 2});
	must_be_safe(&tree, "a control character in the tree");
	waterfall(
		&(struct pen){
			.out = &bars, .width = 20 + (unsigned)t->nr % 100, .is_unicode = t->nr % 3},
		t);
	must_be_safe(&bars, "a control character in the waterfall");
	html_page(&html,
		&(struct html_page){.trace = t, .names = v->names, .nr_traces = 1, .files = "f"});
	must_be_safe(&html, "a control character in the page");
	must(count(strbuf_str(&html), "<script") == 1, "another script in the page");
	must(count(strbuf_str(&html), "<h1") == 1, "another heading in the page");
	query_answer_add(v->answer, t);
	arena_fini(&a);
}

static void ask(struct arena *a, struct query_answer *answer)
{
	struct strbuf out;
	unsigned line;
	const char *error;
	query_answer_finish(answer);
	strbuf_init(&out, a);
	query_answer_json(&out, answer);
	/* U+FFFD stands for what is no text, so that the answer is always JSON */
	must(json_parse(a, strbuf_str(&out), &line, &error) != NULL, "the answer is no JSON");
	strbuf_init(&out, a);
	query_answer_text(&out, answer, true);
	must_be_safe(&out, "a control character in the answer");
}

static void try_file(struct arena *a, const char *path)
{
	struct trace_input in;
	struct trace_index ix;
	struct trace_names names;
	struct trace_chosen chosen;
	struct query q;
	struct query_answer answer;
	const char *error;
	must(trace_input_open(&in, a, &path, 1, &error), "the file cannot be opened");
	trace_names_init(&names);
	trace_load_index(&in, &ix, &names);
	trace_names_sort(&names);
	must(query_parse(&q, a, "not kind=server group by name, up(k), event", &error),
		"the query");
	query_answer_init(&answer, a, &q);
	struct views v = {.names = &names, .answer = &answer};
	must(trace_choose(&ix, a, &(struct trace_choice){.id = ""}, &chosen, &error), "the choice");
	trace_load(&in, &ix, chosen.at, chosen.nr, show, &v);
	must(v.nr_spans == ix.nr_spans || in.nr_problems, "a span was lost without a word");
	for (size_t i = 0; i < in.problems.nr; i++)
		must(in.problems.at[i].text && in.problems.at[i].text[0],
			"a problem without a text");
	ask(a, &answer);
	trace_index_fini(&ix);
	trace_names_fini(&names);
	trace_input_close(&in);
}

static void try_query(struct arena *a, const unsigned char *data, size_t n)
{
	struct query q;
	const char *error = NULL;
	char *text = arena_strndup(a, (const char *)data, n);
	struct trace_span span = {
		.name = "n", .service = "s", .scope = "", .status_text = "", .end = 5000};
	struct trace_node node = {.span = &span};
	if (query_parse(&q, a, text, &error)) {
		query_matches(&q, &node);
		for (size_t i = 0; i < q.by.nr; i++)
			query_value(a, &q.by.at[i], &node);
	} else {
		must(error && error[0] && !strpbrk(error, "\n\r\t"),
			"a query is refused without a line");
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct arena a;
	char path[64];
	if (n > 1 << 16)
		return 0;
	arena_init(&a);
	if (n && data[0] == '?') {
		try_query(&a, data + 1, n - 1);
	} else {
		int fd = memfd_create("traces", MFD_CLOEXEC);
		must(fd >= 0 && write(fd, data, n) == (ssize_t)n, "no memory file");
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		try_file(&a, path);
		close(fd);
	}
	arena_fini(&a);
	return 0;
}
