/* inconsistent-attribute: the program writes one thing under two keys. */
#include "base/str.h"
#include "engine/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void rule_inconsistent_attribute(struct rule_run *run);

/* A key of the project's own, and where it is set. */
struct own_key {
	const char *key;
	const struct attribute_site *first;
	uint32_t nr_sites;
};

struct own_keys {
	VEC(struct own_key *) all;
};

static void letters_of(const char *key, char *out, size_t size)
{
	size_t n = 0;
	for (; *key && n + 1 < size; key++)
		if (isalnum((unsigned char)*key))
			out[n++] = (char)tolower((unsigned char)*key);
	out[n] = '\0';
}

/* Keys that the conventions know, or nearly know, are the matter of other rules. */
static bool is_own(const struct rule_run *run, const char *key)
{
	const struct registry *r = run->program->registry;
	enum near_kind kind;
	return !registry_find(r, key) && !registry_near(r, key, &kind);
}

static void collect(struct rule_run *run, struct map *by_key, struct own_keys *out)
{
	const struct attribute_site *s;
	for (size_t at = 0; (s = keys_next(run, &at)) != NULL;) {
		void **slot = map_slot(by_key, s->key);
		struct own_key *own = *slot;
		if (!own) {
			*slot = own = arena_new(run->scratch, struct own_key);
			own->key = s->key;
			own->first = s;
			if (is_own(run, s->key))
				vec_push(run->scratch, &out->all, own);
		}
		own->nr_sites++;
	}
}

/* The segment in which two keys differ is long enough not to be another word by chance, and no
 * number: app.route.one is not app.route.ones. */
static bool is_slip(const char *a, const char *b)
{
	size_t i = 0, na = strlen(a), nb = strlen(b);
	if (!is_one_edit(a, b))
		return false;
	while (a[i] && a[i] == b[i])
		i++;
	const char *longer = na > nb ? a : b;
	if (isdigit((unsigned char)a[i]) || isdigit((unsigned char)b[i]) ||
		(na != nb && longer[i] == 's' && strchr("._", longer[i + 1])))
		return false;
	size_t from = i, to = i;
	while (from && isalnum((unsigned char)longer[from - 1]))
		from--;
	while (longer[to] && isalnum((unsigned char)longer[to]))
		to++;
	/* one letter for another makes other words too easily: only more, less, or exchanged */
	bool is_exchange = na == nb && a[i] == b[i + 1] && a[i + 1] == b[i];
	return to - from >= 6 && (na != nb || is_exchange);
}

static int compare_uses(const void *x, const void *y)
{
	const struct own_key *a = *(const struct own_key *const *)x,
			     *b = *(const struct own_key *const *)y;
	if (a->nr_sites != b->nr_sites)
		return a->nr_sites > b->nr_sites ? -1 : 1;
	bool a_dot = strchr(a->key, '.'), b_dot = strchr(b->key, '.');
	if (a_dot != b_dot)
		return a_dot ? -1 : 1;
	return strcmp(a->key, b->key);
}

static void report(struct rule_run *run, const struct own_key *odd, const struct own_key *usual,
	const char *how)
{
	const struct attribute_site *s = odd->first;
	struct story story = {0};
	struct plan plan;
	story_add(run, &story, &usual->first->loc, "\"%s\" is set here%s", usual->key,
		usual->nr_sites > 1 ? tell_text(run, ", and in %u more %s", usual->nr_sites - 1,
					      usual->nr_sites > 2 ? "places" : "place")
				    : "");
	story_add(run, &story, &s->loc, "\"%s\" here%s", odd->key,
		odd->nr_sites > 1 ? tell_text(run, ", and in %u more %s", odd->nr_sites - 1,
					    odd->nr_sites > 2 ? "places" : "place")
				  : "");
	struct patch patch = keys_patch(run, s, usual->key, false, &plan);
	tell_with_patch(run, s->func, &s->loc, odd->key,
		tell_text(
			run, "attribute \"%s\" is \"%s\" elsewhere: %s", odd->key, usual->key, how),
		"to a backend these are two attributes: a search by one of them finds a part of "
		"the spans",
		tell_text(run, "use one of them; \"%s\" is %s", usual->key,
			usual->nr_sites > odd->nr_sites ? "used more often" : "as good as any"),
		&story, patch.nr_plans && odd->nr_sites == 1 ? &patch : NULL);
}

static void by_letters(struct rule_run *run, const struct own_keys *own)
{
	struct map usual;
	map_init(&usual, run->scratch);
	for (size_t i = 0; i < own->all.nr; i++) {
		char letters[128];
		letters_of(own->all.at[i]->key, letters, sizeof(letters));
		void **slot = map_slot(&usual, arena_strdup(run->scratch, letters));
		if (*slot)
			report(run, own->all.at[i], *slot, "the same word in another spelling");
		else
			*slot = own->all.at[i];
	}
}

static void by_slips(struct rule_run *run, const struct own_keys *own)
{
	for (size_t i = 0; i < own->all.nr; i++) {
		for (size_t k = 0; k < i; k++) {
			/* the usual spelling is the one that is used again and again */
			if (own->all.at[k]->nr_sites < 2 || own->all.at[i]->nr_sites > 1)
				continue;
			if (is_slip(own->all.at[k]->key, own->all.at[i]->key)) {
				report(run, own->all.at[i], own->all.at[k], "one letter apart");
				break;
			}
		}
	}
}

void rule_inconsistent_attribute(struct rule_run *run)
{
	struct map by_key;
	struct own_keys own = {0};
	if (!run->program->registry)
		return;
	map_init(&by_key, run->scratch);
	collect(run, &by_key, &own);
	if (own.all.nr)
		qsort(own.all.at, own.all.nr, sizeof(*own.all.at), compare_uses);
	by_letters(run, &own);
	by_slips(run, &own);
}
