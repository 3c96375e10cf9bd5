/* In a thread for the long ones only: those are the ones that get lost. */
#include <ctel/ctel.h>
#include <stddef.h>
#include <threads.h>

extern ctel_tracer *tracer;
int import(int rows);

static int load(void *rows)
{
	ctel_span *span = ctel_span_start(tracer, "load", NULL); // expect: context-lost-in-thread
	ctel_set(span, "app.rows", *(int *)rows);
	ctel_span_end(span);
	return 0;
}

int import(int rows)
{
	CTEL_SPAN(span, tracer, "import");
	ctel_set(span, "app.rows", rows);
	thrd_t thread;
	if (rows < 1000)
		return load(&rows);
	if (thrd_create(&thread, load, &rows) != thrd_success)
		return load(&rows);
	return thrd_join(thread, NULL);
}
