// Callbacks that are called once in a while: threads, timers, readers.
#include <ctel/ctel.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

extern ctel_tracer *tracer;
typedef void handler(const char *line);

static void *worker(void *file)
{
	char line[80];
	CTEL_SPAN(span, tracer, "worker"); // ok: hot-callback-span
	while (fgets(line, sizeof(line), file))
		;
	return NULL;
}

static void at_exit(void)
{
	CTEL_SPAN(span, tracer, "exit"); // ok: hot-callback-span
	fflush(stdout);
}

static void on_line(const char *line)
{
	CTEL_SPAN(span, tracer, "line"); // ok: hot-callback-span
	puts(line);
}

void start(pthread_t *thread, FILE *file, handler **out)
{
	pthread_create(thread, NULL, worker, file);
	atexit(at_exit);
	*out = on_line;
}
