/* Each attempt has a span of its own, and that one is red. */
#include <ctel/ctel.h>
#include <errno.h>
#include <stddef.h>

extern ctel_tracer *tracer;
int provider_call(int attempt);

int charge(void);

int charge(void)
{
	CTEL_SPAN(span, tracer, "charge");
	for (int attempt = 0; attempt < 3; attempt++) {
		ctel_span *one = ctel_span_start(tracer, "attempt", NULL);
		int rc = provider_call(attempt);
		if (rc < 0)
			ctel_span_error(one, "provider", "overloaded");
		ctel_span_end(one);
		if (rc == 0)
			return 0;
	}
	ctel_span_error(span, "provider", "gave up");
	return -EIO;
}
