// Signal handlers, with the C wrapper.
// flags: -std=gnu17
#include <opentelemetry-c-wrapper/include.h>

#include <signal.h>
#include <unistd.h>

static struct otelc_tracer *tracer;

static void on_reload(int number)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "reload"); // expect: hot-callback-span "on_reload, a signal handler"
	ssize_t n = write(2, "reload\n", 7);

	(void)n;
	(void)number;
	OTELC_OPSR(span, end);
}

static void on_stop(int number)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "stop"); // expect: hot-callback-span "on_stop, a signal handler"

	OTELC_OPSR(span, end);
	_exit(number);
}

void install(void)
{
	struct sigaction action = {.sa_handler = on_reload};

	sigaction(SIGHUP, &action, NULL);
	signal(SIGTERM, on_stop);
}
