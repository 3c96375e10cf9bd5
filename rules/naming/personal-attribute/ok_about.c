// Hashes, counts, truths, identifiers.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stddef.h>

struct customer {
	const char *id;
	const char *email;
	bool email_verified;
	int nr_phones;
};

const char *hash_of(const char *text);

void greet(ctel_span *span, const struct customer *c)
{
	const char *email_hash = hash_of(c->email);

	ctel_set(span, "user.id", c->id);
	ctel_set(span, "user.hash", email_hash);
	ctel_set(span, "user.email", c->email != NULL);
	ctel_set(span, "user.email_verified", c->email_verified);
	ctel_set(span, "app.phones", c->nr_phones);
}
