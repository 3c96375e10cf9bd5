// With the C wrapper: only looked at.
#include <opentelemetry-c-wrapper/include.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void stream_log(const struct otelc_span *span)
{
	const char *level = OTELC_OPS(span, get_baggage, "app.access_level");

	printf("level %s\n", level);
}

bool stream_is_test(const struct otelc_span *span)
{
	const char *kind = OTELC_OPS(span, get_baggage, "app.kind");

	return kind && !strcmp(kind, "test");
}
