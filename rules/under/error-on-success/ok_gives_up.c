/* The status is set where the operation gives up, and nowhere else. */
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
	ctel_event(span, "cache_missed");
	if (database_get(key, out) == 0)
		return 0;
	ctel_span_error(span, "not_found", key);
	return -EIO;
}
