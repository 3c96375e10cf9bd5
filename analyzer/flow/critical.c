/* Annotations: "otel-tidy:" texts on functions, and critical paths named in otel-tidy.json. */
#include "flow/critical.h"

#include "base/str.h"
#include "flow/program.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "otel-tidy:"

struct note_list {
	VEC(const char *) all;
};

static void add_note(struct program *p, struct note_list *list, const char *note)
{
	if (!str_has_prefix(note, PREFIX))
		return;
	for (size_t i = 0; i < list->all.nr; i++)
		if (str_eq(list->all.at[i], note))
			return;
	vec_push(p->arena, &list->all, note);
}

void critical_note_decl(struct program *p, const struct ir_decl *decl)
{
	void **slot = map_slot(&p->decl_notes, decl->link);
	struct note_list *list = *slot;
	if (!list)
		*slot = list = arena_new(p->arena, struct note_list);
	for (uint32_t i = 0; i < decl->nr_notes; i++)
		add_note(p, list, decl->notes[i]);
}

/* "critical-path;name;group;group…" without the prefix; false when malformed. */
static bool parse_critical(struct program *p, const char *text, struct critical_path *out)
{
	VEC(struct key_group) groups = {0}, baggage = {0};
	*out = (struct critical_path){.name = "", .function = "", .source = ""};
	size_t field = 0;
	for (const char *at = strchr(text, ';'); at; field++) {
		at++;
		size_t n = strcspn(at, ";");
		const char *part = arena_strndup(p->arena, at, n);
		at = at[n] ? at + n : NULL;
		struct key_group group;
		if (field == 0)
			out->name = part;
		else if (str_eq(part, "span=current"))
			out->on_current = true;
		else if (str_has_prefix(part, "baggage=") &&
			 key_group_parse(p->arena, part + strlen("baggage="), &group))
			vec_push(p->arena, &baggage, group);
		else if (key_group_parse(p->arena, part, &group))
			vec_push(p->arena, &groups, group);
		else
			return false;
	}
	out->groups = groups.at;
	out->nr_groups = groups.nr;
	out->baggage = baggage.at;
	out->nr_baggage = baggage.nr;
	return out->name[0] != '\0';
}

static void add_critical(struct program *p, struct func *f, const struct critical_path *path)
{
	struct critical c = {.path = *path, .func = f};
	if (f)
		c.loc = f->ir->loc;
	vec_push(p->arena, &p->criticals, c);
}

static void apply_note(struct program *p, struct func *f, const char *note)
{
	const char *text = note + strlen(PREFIX);
	struct critical_path path;
	if (str_has_prefix(text, "critical-path;")) {
		if (parse_critical(p, text, &path))
			add_critical(p, f, &path);
	} else if (str_eq(text, "not-trivial")) {
		f->is_not_trivial = true;
	} else if (str_eq(text, "span-transfers")) {
		f->transfers_span = true;
	} else if (str_has_prefix(text, "span-ends;")) {
		int k = atoi(text + strlen("span-ends;"));
		if (k >= 1 && k <= 32)
			f->ends_params |= 1u << (k - 1);
	}
}

static void apply_notes(struct program *p, struct func *f)
{
	struct note_list list = {0};
	for (uint32_t i = 0; i < f->ir->nr_notes; i++)
		add_note(p, &list, f->ir->notes[i]);
	const struct note_list *declared = map_get(&p->decl_notes, f->ir->link);
	for (size_t i = 0; declared && i < declared->all.nr; i++)
		add_note(p, &list, declared->all.at[i]);
	f->notes = list.all.at;
	f->nr_notes = (uint32_t)list.all.nr;
	for (size_t i = 0; i < list.all.nr; i++)
		apply_note(p, f, list.all.at[i]);
}

static void apply_config(struct program *p, const struct critical_path *path)
{
	bool found = false;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (!str_glob(path->function, f->ir->name) &&
			!str_glob(path->function, ir_simple_name(f->ir->name)))
			continue;
		add_critical(p, f, path);
		found = true;
	}
	if (!found)
		add_critical(p, NULL, path);
}

void critical_apply(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++)
		apply_notes(p, p->funcs.at[i]);
	for (size_t i = 0; p->config && i < p->config->critical_paths.nr; i++)
		apply_config(p, &p->config->critical_paths.at[i]);
	/* backwards, so that a function's first annotation is the one that stays */
	for (size_t i = p->criticals.nr; i-- > 0;)
		if (p->criticals.at[i].func)
			p->criticals.at[i].func->critical = &p->criticals.at[i];
}
