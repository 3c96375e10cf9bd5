/* A ledger: accounts, and bookings between them. */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <ctel/ctel.h>

extern ctel_tracer *tracer;

struct account {
	char id[16];
	long balance;
	long limit;
	bool is_closed;
};

struct ledger {
	struct account *accounts;
	size_t nr_accounts;
	FILE *journal;
};

long account_balance(const struct account *account);
void account_close(struct account *account);
bool account_is_open(const struct account *account);
void account_set_limit(struct account *account, long limit);
long account_room(const struct account *account);
struct account *ledger_find(struct ledger *ledger, const char *id);
void ledger_sort(struct ledger *ledger);
long ledger_sum(const struct ledger *ledger);

/* Negative errno on failure. */
int ledger_book(struct ledger *ledger, const char *from, const char *to, long amount);
int ledger_export(const struct ledger *ledger, const char *path);

#endif
