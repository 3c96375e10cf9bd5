#ifndef POOL_H
#define POOL_H
#include <ctel/ctel.h>
#include <stddef.h>

struct job {
	ctel_span *span;
	int (*run)(const char *key);
};

extern ctel_tracer *tracer;
ctel_span *pool_begin(const char *key);
void pool_done(ctel_span *span, int rc);
int use(struct job *job, const char *key);
void submit(struct job *job);
int cached(const char *key);
#endif
