/* Takes the project's root out of texts. */
#include "engine/relative.h"

#include "base/path.h"
#include "base/str.h"

#include <string.h>

struct cutter {
	struct arena *arena;
	const char *root; /* with a slash at its end */
	size_t n;
	const char *last, *last_cut; /* texts are interned: neighbours often share one */
};

/* Is this where a path begins, "-I/checkout/" or "(anonymous at /checkout/", and not the middle of
 * another one, "/home/checkout/"? */
static bool is_start(const char *s, const char *at)
{
	while (at > s && !strchr(" \t\n()<>[]{}@:=,;|&\"'", at[-1]))
		if (*--at == '/')
			return false;
	return true;
}

/* `mark` takes the root's place. */
static const char *without(
	struct arena *a, const char *s, const char *root, size_t n, const char *mark)
{
	if (!strstr(s, root))
		return s;
	struct strbuf b;
	strbuf_init(&b, a);
	const char *from = s;
	for (const char *at = strstr(s, root); at; at = strstr(at, root)) {
		if (!is_start(s, at)) {
			at++;
			continue;
		}
		strbuf_addn(&b, from, (size_t)(at - from));
		strbuf_add(&b, mark);
		from = at += n;
	}
	strbuf_add(&b, from);
	return strbuf_str(&b);
}

static void cut(struct cutter *c, const char **s)
{
	if (*s == c->last) {
		*s = c->last_cut;
		return;
	}
	const char *old = *s;
	if (strchr(old, '/'))
		*s = without(c->arena, old, c->root, c->n, "");
	c->last = old;
	c->last_cut = *s;
}

static void cut_func(struct cutter *c, struct ir_func *f)
{
	cut(c, &f->name);
	cut(c, &f->link);
	cut(c, &f->ret);
	cut(c, &f->parent);
	cut(c, &f->incomplete);
	for (uint32_t i = 0; i < f->nr_notes; i++)
		cut(c, &f->notes[i]);
	for (uint32_t i = 0; i < f->nr_vars; i++) {
		cut(c, &f->vars[i].name);
		cut(c, &f->vars[i].type);
		cut(c, &f->vars[i].cleanup);
	}
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		cut(c, &f->ops[i].sym);
		cut(c, &f->ops[i].link);
		cut(c, &f->ops[i].type);
	}
}

void relative_unit(struct arena *a, const char *root, struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_files; i++)
		unit->files[i].path = path_relative(a, root, unit->files[i].path);
	unit->main_file = path_relative(a, root, unit->main_file);
	if (str_eq(root, "/"))
		return;
	struct cutter c = {.arena = a, .root = arena_printf(a, "%s/", root)};
	c.n = strlen(c.root);
	for (uint32_t i = 0; i < unit->nr_funcs; i++)
		cut_func(&c, &unit->funcs[i]);
	for (uint32_t i = 0; i < unit->nr_decls; i++) {
		cut(&c, &unit->decls[i].name);
		cut(&c, &unit->decls[i].link);
		for (uint32_t k = 0; k < unit->decls[i].nr_notes; k++)
			cut(&c, &unit->decls[i].notes[k]);
	}
	for (uint32_t i = 0; i < unit->nr_problems; i++)
		cut(&c, &unit->problems[i].text);
}

const char *relative_word(struct arena *a, const char *root, const char *word)
{
	if (str_eq(root, "/"))
		return word;
	size_t n = strlen(root);
	word = without(a, word, arena_printf(a, "%s/", root), n + 1, "\1/");
	if (str_has_suffix(word, root) && is_start(word, word + strlen(word) - n))
		word = arena_printf(a, "%.*s\1", (int)(strlen(word) - n), word);
	return word;
}
