/* What a ticket is. */
#include "ticket.h"

#include <errno.h>

void describe(ctel_span *span, const struct buyer *buyer)
{
	ctel_set(span, "tenant.id", buyer->tenant);
	ctel_set(span, "user.hash", buyer->hash);
}

int ticket_seat(const struct ticket *ticket)
{
	return ticket->seat;
}

bool buyer_can_pay(const struct buyer *buyer, int price)
{
	return buyer->credit >= price;
}

void ticket_init(struct ticket *ticket, const struct buyer *buyer, int seat)
{
	ticket->buyer = buyer;
	ticket->seat = seat;
}

static int discount(int price, int percent)
{
	int part = price * percent / 100;
	return price - part;
}

int ticket_print(const struct ticket *ticket, const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file)
		return -errno;
	int n = fprintf(file, "seat %d: %d\n", ticket->seat, discount(ticket->price, 5));
	if (fclose(file) || n < 0)
		return -EIO;
	return 0;
}
