/* Money from the customer's card, through a payment provider. */
#ifndef PAYMENT_H
#define PAYMENT_H

#include <curl/curl.h>

#include "order.h"

struct payment_response {
	long http_status;
	char body[512];
	size_t length;
};

/* Charges the order's total. `use_v2` selects the provider's new flow. The provider's reference
 * goes to order->payment. SHOP_DECLINED is the customer's trouble, SHOP_PROVIDER_ERROR ours. */
int charge_payment(struct order *order, bool use_v2);

/* The value of a field of a form-encoded text; false when it is not there. */
bool form_field(const char *form, const char *name, char *out, size_t size);

/* A provider inside the program, for when PAYMENT_URL names no other one. */
void payment_fake_post(const char *form, struct payment_response *response);

#endif
