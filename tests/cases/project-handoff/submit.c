#include "job.h"

#include <stdlib.h>

extern ctel_tracer *tracer;
int submit(int number);

/* The span's owner is the job from here on. */
int submit(int number)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		return -1;
	job->number = number;
	job->span = ctel_span_start(tracer, "run job", NULL);
	job_push(job);
	return 0;
}
