#include "job.h"

#include <stdio.h>
#include <stdlib.h>

void worker_loop(void);

int job_run(struct job *job)
{
	char path[32];
	FILE *file;

	snprintf(path, sizeof(path), "job-%d.txt", job->number);
	file = fopen(path, "w");
	if (!file) {
		ctel_span_error(job->span, "open_failed", path);
		ctel_span_end(job->span);
		return -1;
	}
	fclose(file);
	ctel_span_end(job->span);
	return 0;
}

void worker_loop(void)
{
	struct job *job;

	while ((job = job_pop())) {
		job_run(job);
		free(job);
	}
}
