/* Compares what a program emits with a contract that was written before. */
#include "cli/contract.h"

#include "base/json.h"

struct comparing {
	struct strbuf *out;
	size_t nr;
};

static void differ(
	struct comparing *c, char sign, const char *what, const char *name, const char *more)
{
	strbuf_addf(c->out, "%c %s %s%s%s\n", sign, what, name, more[0] ? ": " : "", more);
	c->nr++;
}

static const struct json *find(const struct json *list, const char *member, const char *name)
{
	for (size_t i = 0; list && i < json_size(list); i++) {
		const struct json *item = json_at(list, i);
		if (str_eq(json_string(json_get(item, member)), name))
			return item;
	}
	return NULL;
}

static const char *words_of(struct arena *a, const struct json *list)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; list && i < json_size(list); i++) {
		const char *word = json_string(json_at(list, i));
		strbuf_addf(&b, "%s%s", b.len ? ", " : "", word ? word : "?");
	}
	return strbuf_str(&b);
}

static const char *words_now(struct arena *a, const struct names *n)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < n->all.nr; i++)
		strbuf_addf(&b, "%s%s", b.len ? ", " : "", n->all.at[i]);
	return strbuf_str(&b);
}

static void compare_words(struct comparing *c, const char *what, const char *name, const char *part,
	const struct json *before, const struct names *now)
{
	struct arena *a = c->out->arena;
	const char *old = words_of(a, before), *new = words_now(a, now);
	if (!str_eq(old, new))
		differ(c, '~', what, name,
			arena_printf(a, "%s %s, in the contract %s", part, new[0] ? new : "none",
				old[0] ? old : "none"));
}

struct kind_of_table {
	const char *what, *list, *name, *types, *open;
	bool has_on;
};

static void compare_table(struct comparing *c, const struct kind_of_table *k,
	const struct contract_table *t, const struct json *contract)
{
	struct arena *a = c->out->arena;
	const struct json *list = json_get(contract, k->list);
	for (size_t i = 0; i < t->all.nr; i++) {
		const struct contract_entry *e = &t->all.at[i];
		const struct json *before = find(list, k->name, e->name);
		if (!before) {
			differ(c, '+', k->what, e->name,
				arena_printf(a, "%s:%u", e->sites.at[0].file, e->sites.at[0].line));
			continue;
		}
		compare_words(c, k->what, e->name, k->types, json_get(before, k->types), &e->types);
		if (k->has_on)
			compare_words(c, k->what, e->name, "on", json_get(before, "on"), &e->on);
		compare_words(c, k->what, e->name, "critical paths",
			json_get(before, "critical_paths"), &e->paths);
	}
	for (size_t i = 0; list && i < json_size(list); i++) {
		const char *name = json_string(json_get(json_at(list, i), k->name));
		bool is_there = false;
		for (size_t n = 0; name && n < t->all.nr && !is_there; n++)
			is_there = str_eq(t->all.at[n].name, name);
		if (name && !is_there)
			differ(c, '-', k->what, name, "no longer emitted");
	}
	bool was_open = json_bool(json_get(contract, k->open), false);
	if (was_open != (t->open.nr > 0))
		differ(c, '~', k->what, "names",
			t->open.nr ? arena_printf(a, "one is made at run time now, %s:%u",
					     t->open.at[0].file, t->open.at[0].line)
				   : "none is made at run time any more");
}

bool contract_compare(const struct contract *c, const char *file, const char *text,
	struct strbuf *out, size_t *nr, const char **error)
{
	static const struct kind_of_table spans = {
		"span", "spans", "name", "kinds", "spans_open", false};
	static const struct kind_of_table attributes = {
		"attribute", "attributes", "key", "types", "attributes_open", true};
	unsigned line = 0;
	const char *why = "";
	const struct json *contract = json_parse(c->arena, text, &line, &why);
	if (!contract) {
		*error = arena_printf(c->arena, "%s:%u: %s", file, line, why);
		return false;
	}
	if (json_type(contract) != JSON_OBJECT || !json_get(contract, "spans") ||
		!json_get(contract, "attributes") ||
		json_number(json_get(contract, "version"), 0) != 1) {
		*error = arena_printf(c->arena,
			"%s: no contract; \"otel-tidy attributes --format json\" writes one", file);
		return false;
	}
	struct comparing comparing = {.out = out};
	compare_table(&comparing, &spans, &c->spans, contract);
	compare_table(&comparing, &attributes, &c->attributes, contract);
	*nr = comparing.nr;
	return true;
}
