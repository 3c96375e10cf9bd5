// With the C wrapper: records and lists that end with NULL.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int answer(struct otelc_tracer *tracer, FILE *client, char *route, int status)
{
	struct otelc_value code = {.u_type = OTELC_VALUE_INT32, .u.value_int32 = status};
	struct otelc_kv request[] = {
		{.key = "url.scheme", .value = {.u_type = OTELC_VALUE_STRING, .u.value_string = "https"}}, // expect: deprecated-attribute "url.scheme"
		{.key = "http.route", .value = {.u_type = OTELC_VALUE_STRING, .u.value_string = route}},
	};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "answer");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_kv_n, request, 2);
	OTELC_OPS(span, set_attribute_var, "http.response.status_code", &code, NULL); // expect: deprecated-attribute "http.response.status_code"
	int rc = fprintf(client, "%d\n", status);
	OTELC_OPSR(span, end);
	return rc;
}
