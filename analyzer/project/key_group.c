/* Key groups: "tenant.id", "user.id|user.hash", "app.order.id?" of critical paths. */
#include "project/config.h"

#include "base/str.h"

#include <string.h>

/* Attribute keys have no blanks, no quotes and no empty parts; anything else printable goes, since
 * houses name them in many ways. */
static bool is_key(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c <= ' ' || c == 0x7f || strchr("\"'?|,=", (char)c))
			return false;
		if (c == '.' && (i == 0 || i + 1 == n || s[i + 1] == '.'))
			return false;
	}
	return n > 0;
}

bool key_group_parse(struct arena *a, const char *text, struct key_group *out)
{
	size_t n = strlen(text);
	bool is_optional = n && text[n - 1] == '?';
	if (is_optional)
		n--;
	size_t nr = 1;
	for (size_t i = 0; i < n; i++)
		nr += text[i] == '|';
	*out = (struct key_group){.text = arena_strdup(a, text),
		.keys = arena_array(a, const char *, nr),
		.is_optional = is_optional};
	for (size_t from = 0; from <= n;) {
		size_t len = 0;
		while (from + len < n && text[from + len] != '|')
			len++;
		if (!is_key(text + from, len))
			return false;
		out->keys[out->nr_keys++] = arena_strndup(a, text + from, len);
		from += len + 1;
	}
	return true;
}
