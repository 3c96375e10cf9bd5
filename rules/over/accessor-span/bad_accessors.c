// Getters, setters, predicates, each with its own span.
#include <ctel/ctel.h>
#include <stdbool.h>

extern ctel_tracer *tracer;

struct account {
	long cents, limit;
	bool is_frozen;
};

long account_balance(const struct account *a)
{
	CTEL_SPAN(span, tracer, "account_balance"); // expect: accessor-span "times account_balance, a getter"
	return a->cents;
}

void account_freeze(struct account *a)
{
	CTEL_SPAN(span, tracer, "account_freeze"); // expect: accessor-span "times account_freeze, a setter"
	a->is_frozen = true;
}

bool account_covers(const struct account *a, long cents)
{
	ctel_span *span = ctel_span_enter(tracer, "account_covers"); // expect: accessor-span "times account_covers, a predicate"
	bool covers = !a->is_frozen && a->cents + a->limit >= cents;
	ctel_span_end(span);
	return covers;
}

static int nr_accounts;

int accounts_count(void)
{
	CTEL_SPAN(span, tracer, "accounts_count"); // expect: accessor-span "a getter"
	return nr_accounts;
}
