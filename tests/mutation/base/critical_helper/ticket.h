/* Tickets for concerts. */
#ifndef TICKET_H
#define TICKET_H

#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct buyer {
	const char *tenant;
	const char *hash;
	int credit;
};

struct ticket {
	const struct buyer *buyer;
	int seat;
	int price;
	char code[24];
};

/* Sets what every span of a purchase carries. */
void describe(ctel_span *span, const struct buyer *buyer);
int ticket_print(const struct ticket *ticket, const char *path);
int ticket_buy(struct ticket *ticket, FILE *log);
int ticket_refund(struct ticket *ticket, FILE *log);
int ticket_seat(const struct ticket *ticket);
bool buyer_can_pay(const struct buyer *buyer, int price);
void ticket_init(struct ticket *ticket, const struct buyer *buyer, int seat);

#endif
