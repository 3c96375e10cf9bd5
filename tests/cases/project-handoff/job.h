#ifndef JOB_H
#define JOB_H

#include <ctel/ctel.h>

/* A job carries its span from the one that queues it to the one that runs it. */
struct job {
	struct job *next;
	ctel_span *span;
	int number;
};

void job_push(struct job *job);
struct job *job_pop(void);
int job_run(struct job *job);

#endif
