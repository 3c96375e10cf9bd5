// One span around the sort, none in the comparator; a flag in the handler.
#include <ctel/ctel.h>
#include <signal.h>
#include <stdlib.h>

extern ctel_tracer *tracer;
static volatile sig_atomic_t must_reload;

static int by_value(const void *a, const void *b)
{
	const long *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static void on_reload(int number)
{
	(void)number;
	must_reload = 1;
}

void sort(long *values, size_t nr)
{
	CTEL_SPAN(span, tracer, "sort values"); // ok: hot-callback-span
	qsort(values, nr, sizeof(*values), by_value);
	ctel_set(span, "app.values", (long)nr);
}

void install(void)
{
	signal(SIGHUP, on_reload);
}

void poll_reload(void (*reload)(void))
{
	if (!must_reload)
		return;
	must_reload = 0;
	CTEL_SPAN(span, tracer, "reload"); // ok: hot-callback-span
	reload();
}
