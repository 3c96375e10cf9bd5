// What programs do with the C wrapper.
#include <opentelemetry-c-wrapper/include.h>

#include <string.h>

int f(struct otelc_tracer *tracer, int n);

int f(struct otelc_tracer *tracer, int n)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "f");
	if (!span)
		return -1;
	struct otelc_value v = {.u_type = OTELC_VALUE_INT32, .u.value_int32 = n};
	OTELC_OPS(span, set_attribute_var, "a.b", &v, "c.d", &v, NULL);
	OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "bad");
	struct otelc_text_map_writer carrier;
	memset(&carrier, 0, sizeof(carrier));
	if (OTELC_OPS(span, inject_text_map, &carrier) == OTELC_RET_OK)
		otelc_text_map_free(&carrier.text_map);
	struct otelc_span *child = OTELC_OPS(tracer, start_span_with_options, "g", span, NULL, NULL,
		NULL, OTELC_SPAN_KIND_CLIENT, NULL, 0);
	if (child)
		OTELC_OPSR(child, end_with_options, NULL, OTELC_SPAN_STATUS_OK, NULL);
	OTELC_OPSR(span, end);
	return 0;
}
