/* The context travels with the job, or the thread's span names its parent. */
#include <ctel/ctel.h>
#include <pthread.h>
#include <stddef.h>

struct job {
	ctel_ctx parent;
	const char *name;
};

extern ctel_tracer *tracer;
int report(const char *name);

static void *render(void *arg)
{
	struct job *job = arg;
	ctel_span *span = ctel_span_start(tracer, "render", &(ctel_start){.parent = &job->parent});
	ctel_set(span, "app.report.name", job->name);
	ctel_span_end(span);
	return NULL;
}

int report(const char *name)
{
	pthread_t thread;
	CTEL_SPAN(span, tracer, "report");
	struct job job = {.parent = ctel_ctx_current(), .name = name};
	if (pthread_create(&thread, NULL, render, &job) != 0) {
		ctel_span_error(span, "thread", name);
		return -1;
	}
	pthread_join(thread, NULL);
	return 0;
}
