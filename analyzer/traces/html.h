/* A trace as one page that needs nothing else: waterfall, flame, table of names, spans in full. */
#ifndef OTEL_TIDY_TRACES_HTML_H
#define OTEL_TIDY_TRACES_HTML_H

#include "base/str.h"
#include "traces/names.h"
#include "traces/rows.h"

#define HTML_ROWS  2000 /* of the waterfall */
#define HTML_NAMES 500  /* of the table */
#define HTML_FLAME 4000 /* boxes */

struct html_page {
	const struct trace *trace;
	const struct trace_names *names; /* sorted; of the whole input */
	uint64_t nr_traces, nr_spans;
	const char *files; /* their names, for the foot */
};

void html_page(struct strbuf *out, const struct html_page *page);

/* ---- parts of it ---- */

/* Text for between tags and for attributes in double quotes; whatever it holds, it stays text. */
void html_text(struct strbuf *out, const char *s);
/* At most `nr` bytes of it. */
void html_text_cut(struct strbuf *out, const char *s, size_t nr);
/* "c0" to "c7": which colour stands for the service. */
unsigned html_color(const char *service);
void html_waterfall(struct strbuf *out, const struct trace *t, const struct trace_rows *rows);
void html_flame(struct strbuf *out, const struct trace *t);
void html_names(struct strbuf *out, const struct trace_names *names);
void html_spans(struct strbuf *out, const struct trace *t, const struct trace_rows *rows);

#endif
