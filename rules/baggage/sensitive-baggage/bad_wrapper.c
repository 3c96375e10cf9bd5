// With the C wrapper, several at once.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct stream {
	const char *tenant;
	const char *password;
};

void stream_begin(struct otelc_span *span, const struct stream *s)
{
	OTELC_OPS(span, set_baggage, "app.stream", s->password); // expect: sensitive-baggage "credential: s->password"
	OTELC_OPS(span, set_baggage_var, "tenant.id", s->tenant, "user.email", s->tenant, NULL); // expect: sensitive-baggage "holds personal data"
}
