/* Bookings: what the user asked for, and what may wait for the disk. */
#include <errno.h>
#include <unistd.h>

#include "ledger.h"

static int write_line(FILE *journal, const char *from, const char *to, long amount)
{
	if (fprintf(journal, "%s %s %ld\n", from, to, amount) < 0)
		return -EIO;
	return fflush(journal) ? -EIO : 0;
}

int ledger_book(struct ledger *ledger, const char *from, const char *to, long amount)
{
	CTEL_SPAN(span, tracer, "book");
	struct account *giver = ledger_find(ledger, from);
	struct account *taker = ledger_find(ledger, to);

	ctel_set(span, "app.booking.amount", amount);
	if (!giver || !taker) {
		ctel_span_error(span, "unknown_account", NULL);
		return -ENOENT;
	}
	if (account_room(giver) < amount) {
		ctel_span_error(span, "no_room", giver->id);
		return -EDQUOT;
	}
	int rc = write_line(ledger->journal, from, to, amount);
	if (rc < 0) {
		ctel_span_error(span, "journal", NULL);
		return rc;
	}
	giver->balance -= amount;
	taker->balance += amount;
	ctel_set(span, "app.booking.room", account_room(giver));
	return 0;
}

int ledger_export(const struct ledger *ledger, const char *path)
{
	CTEL_SPAN(span, tracer, "export ledger");
	FILE *out = fopen(path, "w");
	int rc = 0;

	if (!out) {
		ctel_span_error(span, "open", path);
		return -errno;
	}
	for (size_t i = 0; i < ledger->nr_accounts && rc == 0; i++) {
		const struct account *account = &ledger->accounts[i];
		if (fprintf(out, "%s;%ld\n", account->id, account->balance) < 0)
			rc = -EIO;
	}
	if (fsync(fileno(out)) < 0)
		rc = -errno;
	if (fclose(out))
		rc = -EIO;
	ctel_set(span, "app.ledger.accounts", ledger->nr_accounts);
	if (rc < 0)
		ctel_span_error(span, "write", path);
	return rc;
}
