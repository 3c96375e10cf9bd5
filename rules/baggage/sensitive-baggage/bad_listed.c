// Entries that nobody may read, and everybody will.
#include <ctel/ctel.h>

void describe(ctel_ctx ctx, const char *value)
{
	ctel_ctx out;

	out = ctel_baggage_set(ctx, "password", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "db.password", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.password", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "app.user_password", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "login.passwd", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "smtp.passphrase", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.passcode", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "api_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "app.api_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "apiKey", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "payments.apikey", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "stripe.secret_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "aws.secret_access_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "oauth.client_secret", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "clientSecret", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "webhook.secret", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "jwt.shared_secret", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "tls.private_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "ssh.privateKey", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "signing_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "vault.encryption_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "kms.master_key", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "access_token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "oauth.access_token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "auth.token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "auth.access-token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "authToken", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "session.token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "refresh_token", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.email", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "email", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "customer.email", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "contact_email", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "userEmail", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.email_address", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "customer.phone", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "phone_number", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.telephone", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "app.user.full_name", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "first_name", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "customer.lastName", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "person.surname", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.given_name", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "family_name", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.date_of_birth", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "birth_date", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "patient.birthday", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.dob", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.ssn", value); // expect: sensitive-baggage "holds"
	ctel_ctx_release(&out);
}
