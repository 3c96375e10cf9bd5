// Who it is for, and nothing about them.
#include <ctel/ctel.h>
#include <stdbool.h>

struct session {
	const char *tenant;
	const char *user_id;
	const char *email;
};

const char *hash_text(const char *text);
int handle(void);

int serve(const struct session *session)
{
	CTEL_CTX(one, ctel_baggage_set(ctel_ctx_current(), "tenant.id", session->tenant));
	CTEL_CTX(two, ctel_baggage_set(one, "user.id", session->user_id));
	CTEL_CTX(three, ctel_baggage_set(two, "user.hash", hash_text(session->email)));
	CTEL_CTX(all, ctel_baggage_set(three, "user.email_verified", session->email ? "true" : "false"));
	ctel_scope scope = ctel_ctx_attach(all);
	int rc = handle();

	ctel_ctx_detach(scope);
	return rc;
}
