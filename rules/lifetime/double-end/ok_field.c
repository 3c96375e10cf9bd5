// Another span in between, another structure, and a place that somebody else may have filled anew.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

struct job {
	struct job *next;
	ctel_span *span;
};

void job_renew(struct job *job);

void job_restart(struct job *job)
{
	ctel_span_end(job->span);
	job->span = ctel_span_start(tracer, "again", NULL);
	ctel_event(job->span, "restarted");
	ctel_span_end(job->span); // ok: double-end
}

void job_hand_over(struct job *job)
{
	ctel_span_end(job->span);
	job_renew(job);
	ctel_span_end(job->span); // ok: double-end
}

void job_both(struct job *job)
{
	ctel_span_end(job->span);
	ctel_span_end(job->next->span); // ok: double-end
	job = job->next;
	ctel_span_end(job->span); // ok: double-end
}

void jobs_all(struct job *const *jobs, int nr)
{
	for (int i = 0; i < nr; i++)
		ctel_span_end(jobs[i]->span); // ok: double-end
	ctel_span_end(jobs[0]->span);
	ctel_span_end(jobs[1]->span); // ok: double-end
}
