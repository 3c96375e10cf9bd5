// Nearly a key that the project defines.
// config: {"rules": {"misspelled-attribute": "warning"}, "attributes": [{"name": "app.basket.total", "type": "double"}]}
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int checkout(struct otelc_tracer *tracer, FILE *bank, double total)
{
	struct otelc_value sum = {.u_type = OTELC_VALUE_DOUBLE, .u.value_double = total};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "checkout");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "app.basketTotal", &sum, NULL); // expect: misspelled-attribute "app.basket.total"
	int rc = fprintf(bank, "%f\n", total);
	OTELC_OPSR(span, end);
	return rc;
}
