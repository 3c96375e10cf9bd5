/* Amounts in minor units. Sums saturate: an absurd cart costs the largest amount, never less. */
#ifndef MONEY_H
#define MONEY_H

#include <stddef.h>
#include <stdint.h>

#define MONEY_MAX INT64_C(999999999999)

int64_t money_add(int64_t a, int64_t b);
int64_t money_times(int64_t amount, int count);
/* The share of `amount`, in basis points, rounded half up. */
int64_t money_share(int64_t amount, int64_t basis_points);
void money_format(int64_t amount, const char *currency, char *out, size_t size);

#endif
