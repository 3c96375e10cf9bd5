/* One way out, and it shuts down; the early ones made no span. */
#include <ctel/ctel.h>
#include <stdio.h>

static int work(ctel_tracer *tracer, int n)
{
	CTEL_SPAN(span, tracer, "work");
	ctel_set(span, "app.n", n);
	return n;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (ctel_init("work") != 0)
		return 2;
	if (argc < 2) {
		fprintf(stderr, "usage: work N\n");
		return 2;
	}
	int rc = work(ctel_tracer_get("work", "1"), argc);
	ctel_shutdown(1000);
	return rc;
}
