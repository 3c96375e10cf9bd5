/* Nothing is open where the thread is started; or the thread starts no span of its own. */
#include <ctel/ctel.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

extern ctel_tracer *tracer;
int start_worker(pthread_t *thread);
int start_silent(pthread_t *thread);

static void *work(void *arg)
{
	CTEL_SPAN(span, tracer, "work");
	ctel_set(span, "app.work", "nightly");
	sleep(1);
	return arg;
}

static void *wait_for(void *arg)
{
	sleep(1);
	return arg;
}

int start_worker(pthread_t *thread)
{
	ctel_span *span = ctel_span_start(tracer, "set up", NULL);
	ctel_set(span, "app.workers", 1);
	ctel_span_end(span);
	return pthread_create(thread, NULL, work, NULL);
}

int start_silent(pthread_t *thread)
{
	CTEL_SPAN(span, tracer, "start");
	ctel_set(span, "app.workers", 1);
	return pthread_create(thread, NULL, wait_for, NULL);
}
