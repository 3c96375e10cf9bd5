// Two lists that are exchanged for each other: what they hold is asked once.
#include <opentelemetry-c-wrapper/include.h>

void send_lists(struct otelc_span *span, int n)
{
	struct otelc_kv first[2] = {{.key = "app.a"}, {.key = "app.b"}};
	struct otelc_kv second[2] = {{.key = "app.c"}, {.key = "app.d"}};
	const struct otelc_kv *this_one = first, *other = second;

	while (n-- > 0) {
		this_one = other;
		other = this_one;
	}
	OTELC_OPS(span, set_attribute_kv_n, this_one, 2);
}
