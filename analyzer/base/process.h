/* Work in child processes: a crash, a hang or a memory blow-up costs one job, not the run.
 *
 * Forked workers take jobs one at a time and answer with bytes. A worker that dies, hangs or grows
 * too large is killed and replaced, and its job gets one more try in the fresh worker. Workers end
 * with the parent, whatever ends it. */
#ifndef OTEL_TIDY_BASE_PROCESS_H
#define OTEL_TIDY_BASE_PROCESS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The answer of a job. Its arena is emptied after each job, and may be used for scratch. */
struct process_out {
	struct arena arena;
	char *bytes;
	size_t nr, cap;
};

void process_out_add(struct process_out *out, const void *bytes, size_t n);

enum process_end {
	PROCESS_DONE,          /* `status` is what the job returned */
	PROCESS_SIGNALLED,     /* `status` is the signal that ended the worker */
	PROCESS_EXITED,        /* `status` is the exit code with which the worker left the job */
	PROCESS_TIMED_OUT,     /* `status` is the number of seconds that were granted */
	PROCESS_OUT_OF_MEMORY, /* the worker grew over the limit; `status` is 0 */
};

struct process_result {
	size_t index; /* of the job */
	enum process_end end;
	int status;
	unsigned nr_tries;
	const char *bytes; /* of a done job; valid during the callback */
	size_t nr_bytes;
};

struct process_pool {
	unsigned nr_workers;      /* 0 counts as 1; a single one is still a process of its own */
	unsigned timeout;         /* seconds for one job, 0: none */
	size_t memory_limit;      /* resident bytes of one worker, 0: none; watched on Linux only */
	void *ctx;                /* for the three functions */
	void (*start)(void *ctx); /* in each new worker, before its first job; may be NULL */
	int (*job)(void *ctx, size_t index, struct process_out *reply); /* in a worker */
	/* in the parent, once for each job, in order of completion */
	void (*result)(void *ctx, const struct process_result *result);
};

/* Runs jobs 0 .. nr_jobs - 1. False with `error` (a static text) when no worker could be started;
 * then some jobs had no result. The time that `start` takes counts towards the first job. */
bool process_run(const struct process_pool *pool, size_t nr_jobs, const char **error);

/* "killed by signal 11 (Segmentation fault)", "no answer within 60 s" and the like. */
const char *process_describe(struct arena *a, const struct process_result *result);

/* How many processors this process may use; at least 1. */
unsigned process_nr_cpus(void);

#endif
