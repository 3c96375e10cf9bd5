/* Accounts: nothing here is worth a span. */
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

long account_balance(const struct account *account)
{
	return account->balance;
}

void account_close(struct account *account)
{
	account->is_closed = true;
}

bool account_is_open(const struct account *account)
{
	return !account->is_closed;
}

void account_set_limit(struct account *account, long limit)
{
	account->limit = limit;
}

long account_room(const struct account *account)
{
	if (account->is_closed)
		return 0;
	return account->balance + account->limit;
}

static int compare_ids(const void *x, const void *y)
{
	const struct account *a = x, *b = y;
	return strcmp(a->id, b->id);
}

void ledger_sort(struct ledger *ledger)
{
	qsort(ledger->accounts, ledger->nr_accounts, sizeof(struct account), compare_ids);
}

struct account *ledger_find(struct ledger *ledger, const char *id)
{
	for (size_t i = 0; i < ledger->nr_accounts; i++) {
		if (!strcmp(ledger->accounts[i].id, id))
			return &ledger->accounts[i];
	}
	return NULL;
}

long ledger_sum(const struct ledger *ledger)
{
	long sum = 0;
	for (size_t i = 0; i < ledger->nr_accounts; i++) {
		const struct account *account = &ledger->accounts[i];
		if (account_is_open(account))
			sum += account_balance(account);
	}
	return sum;
}
