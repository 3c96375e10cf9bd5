// House helpers: one takes the key as a parameter, one ends the span and may record an error.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void tag(ctel_span *span, const char *key, const char *value)
{
	ctel_set(span, key, value ? value : "none");
}

static void tag_own(ctel_span *span, const char *key, const char *value)
{
	tag(span, key, value);
	ctel_set(span, "app.tagged", true);
}

static void finish(ctel_span *span, int rc)
{
	if (rc)
		ctel_span_error(span, "failed", NULL);
	ctel_span_end(span);
}

OTEL_CRITICAL_PATH("refund", "tenant.id", "user.id")
int refund(int fd, const char *tenant)
{
	ctel_span *span = ctel_span_start(tracer, "refund", NULL); // expect: missing-attribute "user.id"
	tag_own(span, "tenant.id", tenant);
	int rc = write(fd, "refund", 6) < 0 ? -1 : 0;
	finish(span, rc);
	return rc;
}
