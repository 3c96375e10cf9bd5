// What an accessor gives is an attribute of the span that needs it.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct account {
	long cents;
};

static long account_balance(const struct account *a)
{
	return a->cents;
}

int account_print(const struct account *a, FILE *out)
{
	CTEL_SPAN(span, tracer, "print account");

	ctel_set(span, "app.account.balance", account_balance(a));
	return fprintf(out, "%ld\n", account_balance(a));
}
