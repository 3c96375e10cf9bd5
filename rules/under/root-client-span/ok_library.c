/* A library: who calls it may have a span open; a parent that is named; another kind. */
#include <ctel/ctel.h>

void ask(ctel_tracer *tracer, const char *path);
void ask_for(ctel_tracer *tracer, const ctel_ctx *parent);
static void handle(ctel_tracer *tracer);

void ask(ctel_tracer *tracer, const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_set(span, "url.path", path);
	ctel_span_end(span);
}

void ask_for(ctel_tracer *tracer, const ctel_ctx *parent)
{
	ctel_span *span = ctel_span_start(
		tracer, "GET", &(ctel_start){.parent = parent, .kind = CTEL_CLIENT});
	ctel_span_end(span);
}

static void handle(ctel_tracer *tracer)
{
	ctel_span *span = ctel_span_start(tracer, "handle", &(ctel_start){.kind = CTEL_SERVER});
	ctel_span_end(span);
}

int main(void)
{
	ctel_ctx none = {0};
	handle(ctel_tracer_get("server", "1"));
	ask_for(ctel_tracer_get("server", "1"), &none);
	return 0;
}
