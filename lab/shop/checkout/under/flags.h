/* Feature flags: rolled out to some tenants, and there to a share of the customers. */
#ifndef FLAGS_H
#define FLAGS_H

#include "shop.h"

#define FLAG_PAYMENT_V2  "payment-flow-v2"
#define FLAG_BULK_PRICES "bulk-prices"

bool is_flag_enabled(const char *flag, const struct customer *customer);

#endif
