// Entries with words in them that only look like it.
#include <ctel/ctel.h>

void describe(ctel_ctx ctx, const char *value)
{
	ctel_ctx out;

	out = ctel_baggage_set(ctx, "user.email_verified", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "tokenizer.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "tokenizer.model", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "gen_ai.usage.input_tokens", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "gen_ai.usage.output_tokens", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "parser.token", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "lexer.token_kind", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "page.next_token_count", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "cancellation_token", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "pagination.continuation_token", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "password.strength", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "password.length", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "password_policy.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.password_changed_at", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.has_password", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.is_password_set", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "passwordless.method", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "password_reset.status", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "secretary.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "aws.secretsmanager.secret.arn", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "k8s.secret.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "secret.version", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "vault.secret_path", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "api_key.id", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "api_key.owner", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "api.keys", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "keyboard.layout", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "primary_key", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "partition.key", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "routing_key", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.email_verified", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "user.has_email", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "email.template", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "email.subject_length", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "email_count", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "emails.sent", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "mailer.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "mail.queue", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "phone.model", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "phone_os", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "telephony.provider", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "microphone.enabled", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "headphones", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "queue.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "service.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "host.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "file.name", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "username_policy", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "first_name_length", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "last_name_missing_count", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "surnames.count", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "birthday_campaign.id", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
	out = ctel_baggage_set(ctx, "ssn_validator.version", value); // ok: sensitive-baggage
	ctel_ctx_release(&out);
}
