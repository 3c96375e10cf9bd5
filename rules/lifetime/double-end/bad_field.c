// A span in a structure, ended twice in a row after a merge.
#include <ctel/ctel.h>
#include <stdlib.h>
#include <unistd.h>

struct job {
	ctel_span *span;
	int fd;
};

void job_done(struct job *job, int rc)
{
	if (rc < 0)
		ctel_span_error(job->span, "job_failed", NULL);
	ctel_span_end(job->span); // expect-step: double-end "ended here"
	ctel_set(job->span, "app.job.result", rc);
	ctel_span_end(job->span); // expect: double-end "ended twice"
	close(job->fd);
	free(job);
}
