/* Somebody above has a span open. */
#include <ctel/ctel.h>

static void ask(ctel_tracer *tracer, const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_set(span, "url.path", path);
	ctel_span_end(span);
}

static void refresh(ctel_tracer *tracer)
{
	CTEL_SPAN(span, tracer, "refresh prices");
	ctel_set(span, "app.prices", "all");
	ask(tracer, "/prices");
}

int main(void)
{
	refresh(ctel_tracer_get("shop", "1"));
	return 0;
}
