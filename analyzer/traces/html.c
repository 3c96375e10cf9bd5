/* Puts the page together. */
#include "traces/html.h"

#include "base/duration.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "report/pen.h"

#include <inttypes.h>

static const char *embedded(const char *path)
{
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, path))
			return f->bytes;
	return "";
}

/* The page's own script may run, and nothing that came with the trace: should a text ever get out
 * of its quotes, it would have to name a hash of itself. */
static void nonce(const struct trace *t, char out[33])
{
	struct hash128 h;
	hash128_init(&h);
	hash128_add(&h, t->id, sizeof(t->id));
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_span *s = t->order[i]->span;
		hash128_add_str(&h, s->name);
		hash128_add_str(&h, s->service);
		hash128_add(&h, s->span_id, sizeof(s->span_id));
		hash128_add(&h, &s->start, sizeof(s->start));
		for (size_t k = 0; k < s->attrs.nr; k++) {
			hash128_add_str(&h, s->attrs.at[k].key);
			hash128_add_str(&h, s->attrs.at[k].text);
		}
	}
	hash128_hex(&h, out);
}

static void add_head(struct strbuf *out, const struct trace *t, const char *key)
{
	const char *root = t->order[0]->span->name;
	strbuf_addf(out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'nonce-%s'; script-src 'nonce-%s'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<title>",
		key, key);
	html_text_cut(out, root, 100);
	strbuf_addf(out, " \xe2\x80\x93 %s</title>\n<style nonce=\"%s\">\n",
		duration_text(out->arena, t->end - t->start, true), key);
	strbuf_add(out, embedded("analyzer/traces/page.css"));
	strbuf_add(out, "</style>\n</head>\n<body>\n<header><h1><bdi>");
	html_text_cut(out, root[0] ? root : "(no name)", 300);
	strbuf_add(out, "</bdi></h1>\n");
}

static void add_summary(struct strbuf *out, const struct html_page *page)
{
	const struct trace *t = page->trace;
	struct arena *a = out->arena;
	char id[33];
	trace_id_hex(t->id, id);
	strbuf_addf(out, "<p>%s, %s", duration_text(a, t->end - t->start, true),
		count_of(a, t->nr, "span", "spans"));
	if (t->nr_errors)
		strbuf_addf(
			out, ", <strong class=\"err\">%zu with an error</strong>", t->nr_errors);
	strbuf_addf(out, "; trace <code>%s</code></p></header>\n<main>\n", id);
	if (t->is_cut)
		strbuf_add(out, "<p class=\"note\">The trace is larger than 128 MiB: this is the "
				"first part of it.</p>\n");
}

void html_page(struct strbuf *out, const struct html_page *page)
{
	const struct trace *t = page->trace;
	struct trace_rows rows;
	char key[33];
	nonce(t, key);
	trace_rows(&rows, out->arena, t);
	add_head(out, t, key);
	add_summary(out, page);
	strbuf_add(out,
		"<section aria-labelledby=\"h-waterfall\"><h2 id=\"h-waterfall\">Waterfall</h2>\n"
		"<p class=\"hint\">Arrow keys move, Enter shows the span, Escape leads "
		"back.</p>\n");
	html_waterfall(out, t, &rows);
	strbuf_add(out,
		"</section>\n<section aria-labelledby=\"h-flame\"><h2 id=\"h-flame\">Flame</h2>\n");
	html_flame(out, t);
	strbuf_add(out,
		"</section>\n<section aria-labelledby=\"h-names\"><h2 id=\"h-names\">Names</h2>\n");
	strbuf_addf(out, "<p class=\"note\">%s with %s in all; this page shows one of them.</p>\n",
		count_of(out->arena, page->nr_traces, "trace", "traces"),
		count_of(out->arena, page->nr_spans, "span", "spans"));
	html_names(out, page->names);
	strbuf_add(out, "</section>\n<section aria-labelledby=\"h-spans\" class=\"spans\"><h2 "
			"id=\"h-spans\">Spans</h2>\n");
	html_spans(out, t, &rows);
	strbuf_add(out, "</section>\n</main>\n<footer><p>otel-tidy trace <bdi>");
	html_text(out, page->files);
	strbuf_addf(out, "</bdi></p></footer>\n<script nonce=\"%s\">\n", key);
	strbuf_add(out, embedded("analyzer/traces/page.js"));
	strbuf_add(out, "</script>\n</body>\n</html>\n");
}
