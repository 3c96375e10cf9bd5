// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct stream {
	const char *tenant;
	const char *password;
};

void stream_begin(struct otelc_span *span, const struct stream *s)
{
	OTELC_OPS(span, set_baggage_var, "tenant.id", s->tenant, "app.login", s->password ? "yes" : "no", NULL);
}
