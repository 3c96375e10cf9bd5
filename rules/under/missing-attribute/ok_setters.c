// Keys that travel through parameters, and one that nobody can name.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <unistd.h>

extern ctel_tracer *tracer;
const char *key_of_customer(void);

static void tag(ctel_span *span, const char *key, const char *value)
{
	ctel_set(span, key, value ? value : "none");
}

static void tag_current(const char *key, const char *value)
{
	tag(ctel_span_current(), key, value);
}

OTEL_CRITICAL_PATH("refund", "tenant.id", "user.id")
int refund(int fd, const char *tenant, const char *user)
{
	CTEL_SPAN(span, tracer, "refund"); // ok: missing-attribute
	tag(span, "tenant.id", tenant);
	tag_current("user.id", user);
	return write(fd, "refund", 6) < 0 ? -1 : 0;
}

OTEL_CRITICAL_PATH("payout", "user.id")
int payout(int fd, const char *user)
{
	CTEL_SPAN(span, tracer, "payout"); // ok: missing-attribute
	tag(span, key_of_customer(), user);
	return write(fd, "payout", 6) < 0 ? -1 : 0;
}

OTEL_CRITICAL_PATH("transfer", "user.id")
int transfer(int fd, const char *key, const char *user)
{
	CTEL_SPAN(span, tracer, "transfer"); // ok: missing-attribute
	tag(span, key, user);
	return write(fd, "transfer", 8) < 0 ? -1 : 0;
}
