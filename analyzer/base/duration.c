/* Durations and sizes as people read them. */
#include "base/duration.h"

#include <stddef.h>

static const char *three_figures(struct arena *a, double n, const char *unit)
{
	int digits = n < 9.995 ? 2 : n < 99.95 ? 1 : 0;
	return arena_printf(a, "%.*f %s", digits, n, unit);
}

const char *duration_text(struct arena *a, uint64_t ns, bool is_unicode)
{
	double n = (double)ns;
	if (ns == 0)
		return "0";
	if (ns < 1000)
		return arena_printf(a, "%u ns", (unsigned)ns);
	if (n < 999.5e3)
		return three_figures(a, n / 1e3, is_unicode ? "\xc2\xb5s" : "us");
	if (n < 999.5e6)
		return three_figures(a, n / 1e6, "ms");
	if (n < 600e9)
		return three_figures(a, n / 1e9, "s");
	return three_figures(a, n / 60e9, "min");
}

const char *bytes_text(struct arena *a, uint64_t bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	double n = (double)bytes / 1e3;
	size_t unit = 0;
	if (bytes < 1000)
		return arena_printf(a, "%u B", (unsigned)bytes);
	while (n >= 999.5 && unit < 3) {
		n /= 1e3;
		unit++;
	}
	return three_figures(a, n, units[unit]);
}
