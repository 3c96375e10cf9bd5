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
	return a->cents;
}

void account_freeze(struct account *a)
{
	a->is_frozen = true;
}

bool account_covers(const struct account *a, long cents)
{
	bool covers = !a->is_frozen && a->cents + a->limit >= cents;
	return covers;
}

static int nr_accounts;

int accounts_count(void)
{
	return nr_accounts;
}
