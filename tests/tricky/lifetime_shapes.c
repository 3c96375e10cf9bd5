// args: --rule span-leak --rule double-end --rule use-after-end --rule ok-overwritten --rule unchecked-span --rule discarded-span --rule end-not-owned --rule scope-mismatch --rule discarded-context --rule inconsistent-exits --rule attribute-before-value --rule dangling-instrumentation --rule ok-on-failure --rule late-sampling-attribute
// Every shape here is right for every rule about lifetimes.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

/* A span in a record: one function begins, another ends, and the early exits are between them. */
struct op {
	ctel_span *span;
	ctel_scope scope;
	int fd;
};

static void op_begin(struct op *o, const char *what)
{
	o->span = ctel_span_start(tracer, "operation", NULL);
	o->scope = ctel_ctx_attach(ctel_ctx_with_span(o->span));
	ctel_set(o->span, "app.what", what);
}

static void op_end(struct op *o, int rc)
{
	if (rc < 0)
		ctel_span_error(o->span, "failed", NULL);
	ctel_ctx_detach(o->scope);
	ctel_span_end(o->span);
	o->span = NULL;
}

int op_run(int fd)
{
	struct op o = {.fd = fd};

	op_begin(&o, "run");
	int rc = fsync(fd);
	if (rc < 0) {
		op_end(&o, rc);
		return rc;
	}
	rc = close(fd);
	op_end(&o, rc);
	return rc;
}

/* Restarted in place: the old span ends before its handle is overwritten. */
void op_next(struct op *o)
{
	if (o->span) {
		ctel_span_end(o->span);
		o->span = NULL;
	}
	o->span = ctel_span_start(tracer, "next", NULL);
}

/* The end is guarded by the handle itself. */
void op_drop(struct op *o)
{
	if (!o->span)
		return;
	ctel_span_end(o->span);
	o->span = NULL;
}

/* Two alternative starts, one end. */
int either(int fd, bool is_root)
{
	ctel_ctx none = {0};
	ctel_span *span;

	if (is_root)
		span = ctel_span_start(tracer, "root", &(ctel_start){.parent = &none});
	else
		span = ctel_span_start(tracer, "child", NULL);
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

/* Parent and child, ended inside out. */
int both(int fd)
{
	ctel_span *parent = ctel_span_enter(tracer, "parent");
	ctel_span *child = ctel_span_enter(tracer, "child");
	int rc = fsync(fd);

	if (rc < 0) {
		ctel_span_end(child);
		ctel_span_error(parent, "failed", NULL);
		ctel_span_end(parent);
		return rc;
	}
	ctel_span_end(child);
	ctel_span_end(parent);
	return 0;
}

/* A retry: each try has a span of its own. */
int again(int fd)
{
	int rc = -1;

	for (int i = 0; i < 3 && rc < 0; i++) {
		ctel_span *span = ctel_span_start(tracer, "try", NULL);
		ctel_set(span, "app.try", i);
		rc = fsync(fd);
		if (rc < 0) {
			ctel_span_error(span, "failed", NULL);
			ctel_span_end(span);
			continue;
		}
		ctel_span_end(span);
	}
	return rc;
}

/* The worker owns what is in the job. */
struct job {
	ctel_span *span;
	void (*run)(struct job *);
};
void pool_add(struct job *job);

static void job_run(struct job *job)
{
	ctel_event(job->span, "runs");
	ctel_span_end(job->span);
	free(job);
}

bool job_post(void)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		return false;
	job->span = ctel_span_start(tracer, "job", NULL);
	job->run = job_run;
	pool_add(job);
	return true;
}

/* Ended by a result, with the status in the end. */
static int span_finish(ctel_span *span, int rc)
{
	if (rc < 0)
		ctel_span_error(span, "failed", NULL);
	ctel_span_end(span);
	return rc;
}

int finished(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "finished", NULL);

	if (fd < 0)
		return span_finish(span, -1);
	return span_finish(span, fsync(fd));
}
