// Not about access; and access that is not about baggage.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

extern ctel_tracer *tracer;

struct session {
	const char *role;
};

bool wants_new_cart(ctel_ctx ctx)
{
	const char *flag = ctel_baggage_get(ctx, "experiment.cart");

	return flag && strcmp(flag, "new") == 0;
}

bool may_delete(const struct session *session)
{
	return strcmp(session->role, "admin") == 0;
}

FILE *orders(ctel_ctx ctx, const char *path)
{
	CTEL_SPAN(span, tracer, "orders");

	ctel_set(span, "tenant.id", ctel_baggage_get(ctx, "tenant.id"));
	return fopen(path, "r");
}
