/* The error's way out is the one on which one would want the spans most. */
#include <ctel/ctel.h>
#include <stdio.h>

static int serve(int port)
{
	ctel_span *span = ctel_span_start(ctel_tracer_get("serve", "1"), "serve", NULL);
	ctel_set(span, "server.port", port);
	ctel_span_end(span);
	return port > 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
	(void)argv;
	ctel_init("serve"); // expect: unflushed-provider
	if (serve(argc) < 0) {
		fprintf(stderr, "cannot serve\n");
		return 1;
	}
	ctel_shutdown(1000);
	return 0;
}
