// Critical paths whose span is there, though the function does not start it itself.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static int transfer_between(const char *from, const char *to, long cents, FILE *ledger)
{
	CTEL_SPAN(span, tracer, "transfer");

	ctel_set(span, "app.transfer.cents", cents);
	return fprintf(ledger, "%s,%s,%ld\n", from, to, cents) < 0 ? -EIO : 0;
}

/* All it does is to fill in the house account. */
OTEL_CRITICAL_PATH("bank.deposit")
int deposit(const char *to, long cents, FILE *ledger)
{
	return transfer_between("house", to, cents, ledger);
}

/* Leaves before anything is done: nothing to see. */
OTEL_CRITICAL_PATH("bank.transfer")
int transfer(const char *from, const char *to, long cents, FILE *ledger)
{
	if (!from || !to)
		return -EINVAL;
	if (cents <= 0)
		return -ERANGE;

	CTEL_SPAN(span, tracer, "transfer");
	ctel_set(span, "app.transfer.cents", cents);
	return fprintf(ledger, "%s,%s,%ld\n", from, to, cents) < 0 ? -EIO : 0;
}

/* A span that somebody else started and this one carries on. */
struct session {
	ctel_span *span;
};

OTEL_CRITICAL_PATH("bank.statement", "tenant.id", "span=current")
int statement(struct session *session, const char *tenant, FILE *out)
{
	ctel_set(ctel_span_current(), "tenant.id", tenant);
	(void)session;
	return fputs(tenant, out) < 0 ? -EIO : 0;
}
