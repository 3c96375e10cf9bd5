// Either key will do, and one of the cases sets neither. Another is misspelled.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stddef.h>

extern ctel_tracer *tracer;

enum login { LOGIN_PASSWORD, LOGIN_TOKEN, LOGIN_GUEST };

int session_open(enum login login, const char *who);

OTEL_CRITICAL_PATH("session.login", "user.id|user.hash")
int session_login(enum login login, const char *user, const char *hash)
{
	CTEL_SPAN(span, tracer, "login"); // expect: missing-attribute "can end without user.id or user.hash"

	switch (login) { // expect-step: missing-attribute "takes case LOGIN_GUEST"
	case LOGIN_PASSWORD:
		ctel_set(span, "user.id", user);
		break;
	case LOGIN_TOKEN:
		ctel_set(span, "user.hash", hash);
		break;
	case LOGIN_GUEST:
		break;
	}
	return session_open(login, user);
}

OTEL_CRITICAL_PATH("session.logout", "tenant.id")
int session_logout(const char *tenant)
{
	CTEL_SPAN(span, tracer, "logout"); // expect: missing-attribute "can end without tenant.id"
	ctel_set(span, "tenant_id", tenant); // expect-step: missing-attribute "sets tenant_id, which is another key"
	return session_open(LOGIN_GUEST, NULL);
}
