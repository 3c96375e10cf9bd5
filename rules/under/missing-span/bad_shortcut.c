// The quick way out was written later, in front of the span, and it does real work.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdbool.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct refund {
	const char *order;
	long cents;
	bool is_voucher;
};

int voucher_issue(const char *order, long cents);
int card_refund(const char *order, long cents);

OTEL_CRITICAL_PATH("checkout.refund")
int refund_pay(const struct refund *refund) // expect: missing-span "owns no span on this path"
{
	if (refund->is_voucher) // expect-step: missing-span "refund->is_voucher is set"
		return voucher_issue(refund->order, refund->cents); // expect-step: missing-span "leaves without having started one"

	ctel_span *span = ctel_span_enter(tracer, "refund");
	int rc = card_refund(refund->order, refund->cents);
	if (rc < 0)
		ctel_span_error(span, "card_refused", NULL);
	ctel_span_end(span);
	return rc;
}
