/* Jobs that are queued here and finished by the event loop. */
#ifndef JOB_H
#define JOB_H

#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

struct job {
	struct job *next;
	ctel_span *span;
	void (*done)(struct job *job, int rc);
	const char *path;
	size_t size;
	int fd;
};

void queue_push(struct job *job);
int job_submit(const char *path, size_t size);
int job_run(struct job *job);
const char *job_path(const struct job *job);

#endif
