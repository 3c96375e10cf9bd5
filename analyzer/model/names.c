/* Names, word by word: `dbPassword`, `DB_PASSWORD` and `db.password` end in the word password,
 * `tokenizer.name` has no word token. */
#include "model/model.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_WORDS 24

struct words {
	size_t nr;
	struct word {
		const char *at;
		size_t len;
		bool begins_segment; /* after a '.', at the start: not after '_' or in camelCase */
	} all[MAX_WORDS];
};

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* `userId`, `APIKey`: where a capital begins a word. */
static bool begins_word(const char *name, const char *p)
{
	if (p == name || !is_part(p[-1]))
		return true;
	if (!isupper((unsigned char)*p))
		return false;
	return !isupper((unsigned char)p[-1]) || islower((unsigned char)p[1]);
}

/* False when there are more words than a name has. */
static bool split(const char *name, struct words *out)
{
	bool begins_segment = true;
	out->nr = 0;
	for (const char *p = name; *p;) {
		if (!is_part(*p)) {
			begins_segment |= strchr("./:", *p) != NULL;
			p++;
			continue;
		}
		const char *end = p + 1;
		while (is_part(*end) && !begins_word(name, end))
			end++;
		if (out->nr == MAX_WORDS)
			return false;
		out->all[out->nr++] = (struct word){p, (size_t)(end - p), begins_segment};
		begins_segment = false;
		p = end;
	}
	return out->nr > 0;
}

/* token2 is another token. */
static size_t without_number(const struct word *w)
{
	size_t n = w->len;
	while (n > 1 && isdigit((unsigned char)w->at[n - 1]))
		n--;
	return n;
}

/* has_password, is_token, nr_tokens: about it, not it. */
static bool negates(const struct word *w)
{
	static const char *const words[] = {"has", "had", "is", "no", "not", "needs", "need", "use",
		"uses", "used", "with", "without", "require", "requires", "required", "nr", "num",
		"count", "max", "min", "len", "length", "size", "missing", "invalid", "bad", "hash",
		"hashed", "masked", "redacted", "encrypted", "anonymized", "allow", "ask", "show",
		"hide", "validate", "check", "verify", "forgot", "reset", "change", "parse", "fake",
		"dummy", "test", "send", "notify", "enable", "enabled", "disable", "disabled", "by",
		"via", "expired", "rotate"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (w->len == strlen(words[i]) && strncasecmp(w->at, words[i], w->len) == 0)
			return true;
	return false;
}

static bool ends_with(const struct words *name, const struct model_name *m)
{
	struct words wanted;
	if (!split(m->match, &wanted) || wanted.nr > name->nr)
		return false;
	size_t first = name->nr - wanted.nr;
	for (size_t i = 0; i < wanted.nr; i++) {
		const struct word *a = &name->all[first + i], *b = &wanted.all[i];
		size_t len = i + 1 == wanted.nr ? without_number(a) : a->len;
		if ((len != b->len && a->len != b->len) || strncasecmp(a->at, b->at, b->len) != 0)
			return false;
	}
	if (!m->is_qualified)
		return name->all[first].begins_segment;
	if (m->meaning != MEANING_CREDENTIAL && m->meaning != MEANING_PERSONAL)
		return true;
	for (size_t i = 0; i < first; i++)
		if (negates(&name->all[i]))
			return false;
	return true;
}

const struct model_name *models_name(const struct models *m, const char *name,
	enum model_name_place place, enum model_meaning meaning)
{
	struct words words;
	if (!name || !split(name, &words))
		return NULL;
	for (size_t i = m->nr_names; i-- > 0;) {
		const struct model_name *n = &m->names[i];
		if (n->meaning == meaning && (n->places & place) && ends_with(&words, n))
			return n;
	}
	return NULL;
}
