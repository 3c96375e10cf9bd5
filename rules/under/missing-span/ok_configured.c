// The same without touching the code: the path is named in the configuration.
// config: {"critical_paths": [{"name": "checkout.cancel", "function": "order_cancel", "attributes": ["tenant.id"]}]}
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int order_cancel(const char *tenant, const char *order, FILE *ledger)
{
	CTEL_SPAN(span, tracer, "cancel order");
	ctel_set(span, "tenant.id", tenant);
	return fprintf(ledger, "%s cancelled\n", order) < 0 ? -1 : 0;
}
