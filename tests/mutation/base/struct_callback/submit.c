/* The job owns its span from its making on; job_done() ends it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "job.h"

static void job_done(struct job *job, int rc)
{
	if (rc < 0)
		ctel_span_error(job->span, "job_failed", job->path);
	ctel_set(job->span, "app.job.result", rc);
	ctel_span_end(job->span);
	close(job->fd);
	free(job);
}

const char *job_path(const struct job *job)
{
	return job->path;
}

int job_submit(const char *path, size_t size)
{
	ctel_span *span = ctel_span_start(tracer, "job", &(ctel_start){.kind = CTEL_PRODUCER});
	struct job *job = calloc(1, sizeof(*job));

	if (!job) {
		ctel_span_error(span, "no_memory", NULL);
		ctel_span_end(span);
		return -ENOMEM;
	}
	job->fd = open(path, O_RDONLY);
	if (job->fd < 0) {
		int rc = -errno;
		ctel_span_error(span, "open", path);
		ctel_span_end(span);
		free(job);
		return rc;
	}
	ctel_set(span, "app.job.size", size);
	job->path = path;
	job->size = size;
	job->done = job_done;
	job->span = span;
	queue_push(job);
	return 0;
}
