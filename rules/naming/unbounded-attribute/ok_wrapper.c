// With the C wrapper: small buffers.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct txn {
	char unique_id[128];
};

void txn_note(struct otelc_span *span, const struct txn *txn)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = txn->unique_id;
	OTELC_OPS(span, set_attribute_var, "app.txn", &value, NULL); // ok: unbounded-attribute
}
