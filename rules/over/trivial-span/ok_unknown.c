// What cannot be seen may be long: another unit's function, a pointer, a loop over data, recursion.
#include <ctel/ctel.h>

extern ctel_tracer *tracer;

struct rule {
	int (*matches)(const char *text);
	const struct rule *next;
};

int price_of(const char *sku);

int quote(const char *sku)
{
	CTEL_SPAN(span, tracer, "quote");
	return price_of(sku);
}

int rule_matches(const struct rule *rule, const char *text)
{
	CTEL_SPAN(span, tracer, "match rule");
	return rule->matches(text);
}

int rules_count(const struct rule *rule)
{
	CTEL_SPAN(span, tracer, "count rules");
	int nr = 0;
	for (; rule; rule = rule->next)
		nr++;
	return nr;
}
