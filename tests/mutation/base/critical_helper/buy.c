/* The two things a buyer can ask for. */
#include <errno.h>
#include <unistd.h>

#include <otel-tidy/annotations.h>

#include "ticket.h"

OTEL_CRITICAL_PATH("ticket.buy", "tenant.id", "user.id|user.hash", "app.ticket.seat", "app.note?")
int ticket_buy(struct ticket *ticket, FILE *log)
{
	int rc;
	CTEL_SPAN(span, tracer, "buy ticket");
	describe(span, ticket->buyer);
	ctel_set(span, "app.ticket.seat", ticket_seat(ticket));
	if (!buyer_can_pay(ticket->buyer, ticket->price)) {
		ctel_span_error(span, "no_credit", NULL);
		return -EDQUOT;
	}
	if (fprintf(log, "buy %d\n", ticket->seat) < 0) {
		ctel_span_error(span, "log", NULL);
		return -EIO;
	}
	rc = ticket_print(ticket, ticket->code);
	ctel_set(span, "app.ticket.result", rc);
	if (rc < 0)
		ctel_span_error(span, "print", ticket->code);
	return rc;
}

OTEL_CRITICAL_PATH("ticket.refund", "tenant.id", "app.ticket.seat")
int ticket_refund(struct ticket *ticket, FILE *log)
{
	ctel_span *span = ctel_span_start(tracer, "refund ticket", NULL);
	int rc = 0;
	ctel_set(span, "tenant.id", ticket->buyer->tenant);
	ctel_set(span, "app.ticket.seat", ticket->seat);
	if (unlink(ticket->code) < 0) {
		rc = -errno;
		goto out;
	}
	if (fprintf(log, "refund %d\n", ticket->seat) < 0)
		rc = -EIO;
out:
	if (rc < 0)
		ctel_span_error(span, "refund", NULL);
	ctel_span_end(span);
	return rc;
}
