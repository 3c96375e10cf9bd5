/* Sells one ticket and takes it back. */
#include <stdlib.h>

#include "ticket.h"

ctel_tracer *tracer;

int main(int argc, char **argv)
{
	struct buyer buyer = {.tenant = "acme", .hash = "77f0", .credit = 40};
	struct ticket ticket = {.price = 25, .code = "ticket.txt"};
	int rc;

	ctel_init("tickets");
	tracer = ctel_tracer_get("tickets", "1.0");
	ticket_init(&ticket, &buyer, argc > 1 ? atoi(argv[1]) : 1);
	rc = ticket_buy(&ticket, stdout);
	if (rc == 0)
		rc = ticket_refund(&ticket, stdout);
	ctel_shutdown(1000);
	return rc == 0 ? 0 : 1;
}
