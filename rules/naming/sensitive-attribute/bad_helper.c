// A helper of the house sets the attribute; what is passed to it is the caller's doing.
#include <ctel/ctel.h>
#include <stdlib.h>

struct user {
	const char *name;
	const char *passwd;
};

static void note(ctel_span *span, const char *key, const char *value)
{
	if (value)
		ctel_set(span, key, value);
}

static void note_mode(ctel_span *span, const char *mode)
{
	ctel_set(span, "app.mode", mode);
}

void login(ctel_span *span, const struct user *user)
{
	note(span, "app.user", user->passwd); // expect: sensitive-attribute "credential: user->passwd"
	note(span, "user.password", user->name); // expect: sensitive-attribute "holds a credential"
	note_mode(span, getenv("DB_PASSWORD")); // expect: sensitive-attribute "environment variable DB_PASSWORD"
	note_mode(span, getenv("APP_MODE")); // ok: sensitive-attribute
}
