// The job owns its span from here on; whoever runs the job ends it.
#include <ctel/ctel.h>
#include <stdlib.h>

extern ctel_tracer *tracer;

struct job {
	struct job *next;
	ctel_span *span;
	const char *path;
};

void queue_push(struct job *job);

int submit(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "job", NULL);
	struct job *job = calloc(1, sizeof(*job));

	if (!job) {
		ctel_span_error(span, "no_memory", NULL);
		ctel_span_end(span);
		return -1;
	}
	job->path = path;
	job->span = span;
	queue_push(job);
	return 0;
}
