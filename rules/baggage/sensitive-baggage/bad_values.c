// By where the value comes from.
#include <ctel/ctel.h>
#include <stdlib.h>

struct session {
	const char *id;
	const char *access_token;
	char email[64];
};

int handle(void);

int serve(const struct session *session)
{
	CTEL_CTX(one, ctel_baggage_set(ctel_ctx_current(), "app.session", session->access_token)); // expect: sensitive-baggage "credential: session->access_token"
	CTEL_CTX(two, ctel_baggage_set(one, "app.contact", session->email)); // expect: sensitive-baggage "personal data: session->email"
	CTEL_CTX(all, ctel_baggage_set(two, "app.mode", getenv("API_KEY"))); // expect: sensitive-baggage "environment variable API_KEY"
	ctel_scope scope = ctel_ctx_attach(all);
	int rc = handle();

	ctel_ctx_detach(scope);
	return rc;
}
