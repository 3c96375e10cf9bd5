/* One line of OTLP JSON: an ExportTraceServiceRequest (or TracesData), as exporters write them. */
#ifndef OTEL_TIDY_TRACES_OTLP_H
#define OTEL_TIDY_TRACES_OTLP_H

#include "base/vec.h"
#include "traces/jcursor.h"
#include "traces/span.h"

/* Where spans go. Ids are known first: `want` gives the arena for the rest of the span, or NULL to
 * have it skipped. The arena must live at least until `span` was called. */
struct otlp_sink {
	void *ctx;
	bool is_brief; /* attributes of spans, events and links are skipped */
	struct arena *(*want)(void *ctx, const uint8_t trace_id[16]);
	void (*span)(void *ctx, const struct trace_span *span);
};

struct otlp_reader {
	const struct otlp_sink *sink;
	struct arena *line; /* emptied by the caller between lines */
	VEC(struct trace_attr) stack;
	struct arena stack_arena;
	struct trace_span about; /* service, scope and resource of the spans to come */
	size_t nr_spans;         /* in this line, skipped ones included */
	size_t nr_nameless;      /* without a usable trace or span id: not handed on */
	const char *first_bad;   /* why the first of these is not usable */
};

void otlp_init(struct otlp_reader *r, const struct otlp_sink *sink, struct arena *line);
void otlp_fini(struct otlp_reader *r);
/* False: the line is broken, c->error says how and c->p where. Spans before that were handed on. */
bool otlp_line(struct otlp_reader *r, struct jcursor *c);

#endif
