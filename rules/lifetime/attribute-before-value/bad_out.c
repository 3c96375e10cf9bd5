// The value comes through the address, and on both branches too late.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <unistd.h>

extern ctel_tracer *tracer;
int cache_find(int key, bool *was_hit);

int look_up(int key)
{
	CTEL_SPAN(span, tracer, "look up");
	bool was_hit = false;

	ctel_set(span, "app.cache.hit", was_hit); // expect: attribute-before-value
	int rc = cache_find(key, &was_hit);
	return was_hit ? rc : -1;
}
