// Harmless keys; it is the value that lets somebody in.
#include <ctel/ctel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
	const char *url;
	const char *db_password;
	char api_key[64];
};

const char *request_header(void *request, const char *name);

void from_environment(ctel_span *span)
{
	const char *value = getenv("PAYMENT_TOKEN"); // expect-step: sensitive-attribute "environment variable PAYMENT_TOKEN is read here"

	ctel_set(span, "app.payment.mode", value); // expect: sensitive-attribute "is given a credential: environment variable PAYMENT_TOKEN" // expect-step: sensitive-attribute "and becomes attribute"
}

void from_settings(ctel_span *span, const struct settings *s)
{
	char text[256];

	snprintf(text, sizeof(text), "%s:%s", s->url, s->db_password); // expect-step: sensitive-attribute "s->db_password is read here"
	ctel_set(span, "app.connection", (const char *)text); // expect: sensitive-attribute "credential: s->db_password"
	ctel_set(span, "app.source", s->api_key); // expect: sensitive-attribute "credential: s->api_key"
}

void from_header(ctel_span *span, void *request)
{
	const char *who = request_header(request, "Authorization");

	ctel_set(span, "app.caller", who); // expect: sensitive-attribute "credential: header Authorization"
	ctel_set(span, "app.host", request_header(request, "Host")); // ok: sensitive-attribute
}

static const char *secret_of(const struct settings *s)
{
	return s->db_password;
}

void from_function(ctel_span *span, const struct settings *s)
{
	ctel_set(span, "app.note", secret_of(s)); // expect: sensitive-attribute "credential: s->db_password" // expect-step: sensitive-attribute "comes from secret_of()"
}
