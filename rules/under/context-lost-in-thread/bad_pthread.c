/* The report is made in a thread, and in a trace of its own. */
#include <ctel/ctel.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

extern ctel_tracer *tracer;
int report(const char *name);

static void *render(void *name)
{
	// expect: context-lost-in-thread "knows nothing of the trace"
	CTEL_SPAN(span, tracer, "render");
	ctel_set(span, "app.report.name", (const char *)name);
	sleep(1);
	return NULL;
}

int report(const char *name)
{
	pthread_t thread;
	CTEL_SPAN(span, tracer, "report"); // expect-step: context-lost-in-thread "is open"
	if (pthread_create(&thread, NULL, render, (void *)name) != 0) {
		ctel_span_error(span, "thread", name);
		return -1;
	}
	pthread_join(thread, NULL);
	return 0;
}
