/* A credential that is written into the file. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_secret_key(const char *key)
{
	static const char *const names[] = {"api_key", "apikey", "api-key", "x-api-key", "token",
		"access_token", "bearer_token", "password", "authorization", "x-honeycomb-team",
		"license_key", "license-key", "client_secret", "secret", "secret_key", "dd-api-key",
		"signalfx-access-token", "lightstep-access-token", "x-sf-token", "ingestion_key",
		"x-honeycomb-api-key", "signoz-access-token", "signoz-ingestion-key", "uptrace-dsn",
		"access-token", "account_key", "private_key"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcasecmp(key, names[i]) == 0)
			return true;
	return false;
}

/* Words that stand for a value and are none. */
static bool is_placeholder(const char *s)
{
	static const char *const words[] = {"your", "xxx", "token", "...", "example", "dummy",
		"placeholder", "todo", "change", "insert", "replace", "fake", "redact", "***",
		"token>", "_key", "api_key", "apikey", "api-key", "access_token", "access-token",
		"license", "my-", "some", "secret_", "here", "test", "$(", "{{", "1234", "abcd",
		"0000", "demo", "n/a"};
	char lower[256];
	size_t n = 0;
	bool all_same = true;
	for (; s[n] && n + 1 < sizeof(lower); n++) {
		lower[n] = (char)tolower((unsigned char)s[n]);
		all_same &= s[n] == s[0];
	}
	lower[n] = '\0';
	if (n < 6 || str_eq(lower, "secret") || str_eq(lower, "password") || all_same ||
		strchr("<[({%*/", s[0]))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(lower, words[i]))
			return true;
	return false;
}

/* A name such as OTEL_TOKEN or token_for_x is a name: letters of one case and underscores. */
static bool is_name(const char *s)
{
	bool has_upper = false, has_lower = false, has_digit = false;
	for (; *s; s++) {
		has_upper |= isupper((unsigned char)*s) != 0;
		has_lower |= islower((unsigned char)*s) != 0;
		has_digit |= isdigit((unsigned char)*s) != 0;
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	}
	return has_upper && !has_lower && !has_digit;
}

static void walk(
	const struct rule_run *run, const struct component *c, const struct yaml *y, unsigned depth)
{
	for (size_t i = 0; y && depth < 12 && i < y->nr; i++) {
		const struct yaml *value = y->kind == YAML_MAP ? y->pairs[i].value : y->items[i];
		const char *key = y->kind == YAML_MAP ? y->pairs[i].key->text : "";
		const char *text = value->kind == YAML_SCALAR ? value->raw : NULL;
		walk(run, c, value, depth + 1);
		if (!text || value->is_block || !is_secret_key(key) || strchr(text, '$'))
			continue;
		const char *bare = text;
		if (strncasecmp(bare, "Bearer ", 7) == 0 || strncasecmp(bare, "Api-Key ", 8) == 0)
			bare = strchr(bare, ' ') + 1;
		else if (strncasecmp(bare, "Basic ", 6) == 0)
			bare += 6;
		if (is_placeholder(bare) || is_name(bare) || strchr(bare, ' '))
			continue;
		remark(run,
			&(struct remark){.at = value,
				.subject = tell_text(run, "%s.%s", c->id, key),
				.message = tell_text(run, "%s of %s %s is written into the file",
					key, component_kinds[c->kind], c->id),
				.why = "who can read the configuration, or its history, can use it",
				.fix = tell_text(run,
					"%s: ${env:NAME}, with the value in the "
					"environment of the Collector",
					key)});
	}
}

void rule_secret_in_config(struct rule_run *run);
void rule_secret_in_config(struct rule_run *run)
{
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		const struct collector *c = s->collectors.at[i];
		for (size_t k = 0; k < c->components.nr; k++)
			if (c->components.at[k]->kind != COMPONENT_PROCESSOR)
				walk(run, c->components.at[k], c->components.at[k]->config, 0);
	}
}
