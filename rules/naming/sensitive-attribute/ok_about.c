// About credentials, none of them themselves.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct account {
	const char *id;
	const char *password;
	int password_age;
	char token_kind[8];
};

const char *mask_secret(const char *text);
void sha256_hex(const char *text, char *out);
bool account_open(const struct account *account, const char *password);

void login(ctel_span *span, const struct account *account)
{
	char digest[65];

	ctel_set(span, "app.account.id", account->id);
	ctel_set(span, "app.account.password", account->password != NULL);
	ctel_set(span, "app.login.password_length", (int64_t)strlen(account->password));
	ctel_set(span, "app.account.password_age", account->password_age);
	ctel_set(span, "app.token.kind", account->token_kind);
	ctel_set(span, "app.account.secret", mask_secret(account->password));
	sha256_hex(account->password, digest);
	ctel_set(span, "app.account.hash", (const char *)digest);
	ctel_set(span, "app.login.password", account->password ? "given" : "missing");
	ctel_set(span, "app.login.ok", account_open(account, account->password));
	ctel_set(span, "app.home", getenv("HOME"));
	ctel_set(span, "app.token_dir", getenv("TOKEN_DIR"));
}

void count(ctel_span *span, const char *const *tokens)
{
	int nr_tokens = 0;

	while (tokens[nr_tokens])
		nr_tokens++;
	ctel_set(span, "gen_ai.usage.input_tokens", nr_tokens);
	ctel_set(span, "app.first_token", tokens[0]);
}
