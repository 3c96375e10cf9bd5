#include "job.h"

static struct job *first;

void job_push(struct job *job)
{
	job->next = first;
	first = job;
}

struct job *job_pop(void)
{
	struct job *job = first;

	if (job)
		first = job->next;
	return job;
}
