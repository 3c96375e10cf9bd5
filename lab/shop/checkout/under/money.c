/* Arithmetic on amounts. */
#include "money.h"

#include <inttypes.h>
#include <stdio.h>

static int64_t clamp(int64_t amount)
{
	if (amount > MONEY_MAX)
		return MONEY_MAX;
	return amount < -MONEY_MAX ? -MONEY_MAX : amount;
}

int64_t money_add(int64_t a, int64_t b)
{
	return clamp(clamp(a) + clamp(b));
}

int64_t money_times(int64_t amount, int count)
{
	int64_t product;
	if (__builtin_mul_overflow(amount, (int64_t)count, &product))
		return MONEY_MAX;
	return clamp(product);
}

int64_t money_share(int64_t amount, int64_t basis_points)
{
	return (clamp(amount) * basis_points + 5000) / 10000;
}

void money_format(int64_t amount, const char *currency, char *out, size_t size)
{
	snprintf(out, size, "%" PRId64 ".%02d %s", amount / 100, (int)(amount % 100), currency);
}
