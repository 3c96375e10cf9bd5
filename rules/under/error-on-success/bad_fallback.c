/* The cache fails, the database answers: nothing went wrong with the look-up. */
#include <ctel/ctel.h>
#include <errno.h>

extern ctel_tracer *tracer;
int cache_get(const char *key, char *out);
int database_get(const char *key, char *out);

int look_up(const char *key, char *out);

int look_up(const char *key, char *out)
{
	CTEL_SPAN(span, tracer, "look up");
	if (cache_get(key, out) == 0)
		return 0;
	ctel_span_error(span, "cache", key); // expect: error-on-success "marked as failed"
	if (database_get(key, out) == 0)
		return 0; // expect-step: error-on-success "success is returned"
	return -EIO;
}
