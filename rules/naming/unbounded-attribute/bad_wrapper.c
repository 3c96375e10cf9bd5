// With the C wrapper: the whole HTTP request.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct txn {
	const char *request_body;
};

void txn_note(struct otelc_span *span, const struct txn *txn)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = txn->request_body;
	OTELC_OPS(span, set_attribute_var, "app.request", &value, NULL); // expect: unbounded-attribute "the whole of txn->request_body"
}
