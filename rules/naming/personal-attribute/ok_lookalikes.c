// Keys about such data, and keys that only look like them.
#include <ctel/ctel.h>

void describe(ctel_span *span, const char *value)
{
	ctel_set(span, "user.email_verified", value); // ok: personal-attribute
	ctel_set(span, "user.has_email", value); // ok: personal-attribute
	ctel_set(span, "email.template", value); // ok: personal-attribute
	ctel_set(span, "email.subject_length", value); // ok: personal-attribute
	ctel_set(span, "email_count", value); // ok: personal-attribute
	ctel_set(span, "emails.sent", value); // ok: personal-attribute
	ctel_set(span, "mailer.name", value); // ok: personal-attribute
	ctel_set(span, "mail.queue", value); // ok: personal-attribute
	ctel_set(span, "phone.model", value); // ok: personal-attribute
	ctel_set(span, "phone_os", value); // ok: personal-attribute
	ctel_set(span, "telephony.provider", value); // ok: personal-attribute
	ctel_set(span, "microphone.enabled", value); // ok: personal-attribute
	ctel_set(span, "headphones", value); // ok: personal-attribute
	ctel_set(span, "name", value); // ok: personal-attribute
	ctel_set(span, "queue.name", value); // ok: personal-attribute
	ctel_set(span, "service.name", value); // ok: personal-attribute
	ctel_set(span, "host.name", value); // ok: personal-attribute
	ctel_set(span, "file.name", value); // ok: personal-attribute
	ctel_set(span, "username_policy", value); // ok: personal-attribute
	ctel_set(span, "first_name_length", value); // ok: personal-attribute
	ctel_set(span, "last_name_missing_count", value); // ok: personal-attribute
	ctel_set(span, "surnames.count", value); // ok: personal-attribute
	ctel_set(span, "birthday_campaign.id", value); // ok: personal-attribute
	ctel_set(span, "ssn_validator.version", value); // ok: personal-attribute
	ctel_set(span, "passport.strategy", value); // ok: personal-attribute
	ctel_set(span, "iban.country", value); // ok: personal-attribute
	ctel_set(span, "address.count", value); // ok: personal-attribute
	ctel_set(span, "street_address_count", value); // ok: personal-attribute
	ctel_set(span, "server.address", value); // ok: personal-attribute
	ctel_set(span, "network.peer.address", value); // ok: personal-attribute
	ctel_set(span, "network.local.address", value); // ok: personal-attribute
	ctel_set(span, "ip.version", value); // ok: personal-attribute
	ctel_set(span, "tooltip", value); // ok: personal-attribute
	ctel_set(span, "clip.name", value); // ok: personal-attribute
	ctel_set(span, "recipient.count", value); // ok: personal-attribute
	ctel_set(span, "user.id", value); // ok: personal-attribute
	ctel_set(span, "user.hash", value); // ok: personal-attribute
	ctel_set(span, "user.roles", value); // ok: personal-attribute
	ctel_set(span, "enduser.pseudo.id", value); // ok: personal-attribute
	ctel_set(span, "customer.id", value); // ok: personal-attribute
	ctel_set(span, "customer.segment", value); // ok: personal-attribute
	ctel_set(span, "patient.count", value); // ok: personal-attribute
	ctel_set(span, "gender_field.shown", value); // ok: personal-attribute
	ctel_set(span, "dobby.version", value); // ok: personal-attribute
	ctel_set(span, "notify.email_enabled", value); // ok: personal-attribute
	ctel_set(span, "send_email", value); // ok: personal-attribute
	ctel_set(span, "user.email_hash", value); // ok: personal-attribute
	ctel_set(span, "personality.type", value); // ok: personal-attribute
}
