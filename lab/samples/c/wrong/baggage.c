/* Wrong: baggage goes to every service that is called, and to whom they call. */
#include <ctel/ctel.h>

#include "../shop.h"

struct customer {
	const char *tenant, *email, *session_token;
};

int charge(ctel_tracer *tracer, const struct order *order, const struct customer *customer)
{
	struct headers headers = {0};
	CTEL_SPAN(span, tracer, "charge payment");
	ctel_set(span, "tenant.id", customer->tenant);
	CTEL_CTX(token,
		ctel_baggage_set(ctel_ctx_current(), "session.token", customer->session_token));
	CTEL_CTX(carried, ctel_baggage_set(token, "tenant.id", customer->tenant));
	ctel_inject(carried, headers_set, &headers);
	int rc = payment_charge(&headers, order, 1);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}
