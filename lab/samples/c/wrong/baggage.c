/* Wrong: baggage goes to every service that is called, and to whom they call. */
#include <ctel/ctel.h>

#include "../shop.h"

struct customer {
	const char *tenant, *session_token;
};

int charge(ctel_tracer *tracer, const struct order *order, const struct customer *who)
{
	struct headers headers = {0};
	CTEL_SPAN(span, tracer, "charge payment");
	ctel_set(span, "tenant.id", who->tenant);
	CTEL_CTX(all, ctel_baggage_set(ctel_ctx_current(), "session.token", who->session_token));
	ctel_inject(all, headers_set, &headers);
	int rc = payment_charge(&headers, order, 1);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}
