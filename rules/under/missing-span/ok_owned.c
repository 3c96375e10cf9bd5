// Started before the paths part; guards that refuse at once need none.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int payment_charge(const char *tenant, long cents);

OTEL_CRITICAL_PATH("checkout.pay", "tenant.id")
int pay(const char *tenant, long cents, FILE *ledger)
{
	if (!tenant || cents <= 0)
		return -EINVAL;

	CTEL_SPAN(span, tracer, "pay");
	ctel_set(span, "tenant.id", tenant);
	int rc = payment_charge(tenant, cents);
	if (rc < 0) {
		ctel_span_error(span, "card_refused", NULL);
		return rc;
	}
	return fprintf(ledger, "%s,%ld\n", tenant, cents) < 0 ? -EIO : 0;
}
