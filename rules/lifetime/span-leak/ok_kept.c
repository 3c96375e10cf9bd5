// A job keeps its span, and its callback ends it.
#include <ctel/ctel.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
	ctel_span *span;
	const char *path;
};

static ctel_tracer *tracer;

static struct job *job_new(const char *path)
{
	struct job *job = calloc(1, sizeof(*job));
	ctel_span *span = ctel_span_start(tracer, "job", NULL); // ok: span-leak

	if (!job) {
		ctel_span_end(span);
		return NULL;
	}
	ctel_set(span, "app.path", path);
	job->path = path;
	job->span = span;
	return job;
}

static int job_run(struct job *job)
{
	ctel_event(job->span, "running");
	return remove(job->path);
}

static void job_free(struct job *job)
{
	if (job->span)
		ctel_span_end(job->span);
	free(job);
}

int main(int argc, char **argv)
{
	ctel_init("jobs");
	tracer = ctel_tracer_get("jobs", "1");
	struct job *job = job_new(argv[argc - 1]);
	if (!job)
		return 1;
	int rc = job_run(job);
	job_free(job);
	ctel_shutdown(100);
	return rc;
}
