/* What the library gives to its users. */
#ifndef TRACE_H
#define TRACE_H

#include <ctel/ctel.h>

struct customer {
	const char *tenant, *hash;
};

struct job {
	ctel_span *span;
};

ctel_span *trace_begin(const char *name);
ctel_span *trace_begin_for(const struct customer *customer, const char *name);
void trace_tag(ctel_span *span, const char *key, const char *value);
void trace_finish(ctel_span **span, int rc);
void trace_start_job(struct job *job);

#endif
