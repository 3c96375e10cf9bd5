/* Set up in a function of its own, and never taken down. */
#include <ctel/ctel.h>
#include <stdio.h>

static ctel_tracer *set_up(const char *name)
{
	if (ctel_init(name) != 0)
		fprintf(stderr, "no tracing\n");
	return ctel_tracer_get(name, "1");
}

int main(void)
{
	ctel_tracer *tracer = set_up("nightly"); // expect: unflushed-provider "set_up()"
	CTEL_SPAN(span, tracer, "nightly run");
	ctel_set(span, "app.run", 1);
	return 0;
}
