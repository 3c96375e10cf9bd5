/* A simulated payment provider: answers the same form with the same forms as a real one, decided
 * by the request alone, so that a run can be repeated. What it does:
 *   the merchant "globex" was never enabled for flow 2: HTTP 500, merchant_not_enabled
 *   about one card in 25 is declined: HTTP 402
 *   about one first attempt in 20 meets an overloaded server: HTTP 503, the second one passes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "payment.h"

static void answer(struct payment_response *response, long status, const char *body)
{
	response->http_status = status;
	response->length = (size_t)snprintf(response->body, sizeof(response->body), "%s", body);
}

static bool is_unlucky(const char *text, const char *salt, unsigned one_in)
{
	char salted[128];
	snprintf(salted, sizeof(salted), "%s/%s", salt, text);
	return (stable_hash(salted) >> 16) % one_in == 0;
}

void payment_fake_post(const char *form, struct payment_response *response)
{
	char merchant[32], flow[8], card[32], order[32], attempt[8], body[128];
	if (!form_field(form, "merchant", merchant, sizeof(merchant)) ||
		!form_field(form, "flow", flow, sizeof(flow)) ||
		!form_field(form, "card", card, sizeof(card)) ||
		!form_field(form, "order", order, sizeof(order)) ||
		!form_field(form, "attempt", attempt, sizeof(attempt)))
		answer(response, 400, "status=error&code=bad_request");
	else if (!strcmp(attempt, "1") && is_unlucky(order, "overload", 20))
		answer(response, 503, "status=error&code=overloaded");
	else if (!strcmp(merchant, "globex") && !strcmp(flow, "2"))
		answer(response, 500, "status=error&code=merchant_not_enabled");
	else if (is_unlucky(card, "limit", 25))
		answer(response, 402, "status=declined&code=card_limit");
	else {
		snprintf(body, sizeof(body), "status=approved&reference=pay_%s", order);
		answer(response, 200, body);
	}
}
