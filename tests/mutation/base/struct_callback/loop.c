/* The event loop: its queue, and what it does with a job. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "job.h"

static struct job *queue;

void queue_push(struct job *job)
{
	job->next = queue;
	queue = job;
}

int job_run(struct job *job)
{
	char *buffer = malloc(job->size);
	int rc = -ENOMEM;

	if (buffer) {
		ctel_event(job->span, "running");
		rc = read(job->fd, buffer, job->size) < 0 ? -errno : 0;
		free(buffer);
	}
	job->done(job, rc);
	return rc;
}
