// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stdbool.h>
#include <strings.h>

bool stream_is_trusted(const struct otelc_span *span)
{
	const char *access = OTELC_OPS(span, get_baggage, "app.access_level");

	return access && !strcasecmp(access, "full"); // expect: baggage-as-authority "decides about access"
}
