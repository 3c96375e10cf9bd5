/* What the event loop does with a job. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "job.h"

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
