/* duplicate-span-name: a function starts a span under the name of another function's. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/options.h"

#include <ctype.h>
#include <string.h>

void rule_duplicate_span_name(struct rule_run *run);

struct name_site {
	struct func *func;
	const struct span_site *site;
};

struct same_name {
	VEC(struct name_site) all;
};

/* ---- words ---- */

#define MAX_WORDS 24

struct words {
	char text[256];
	const char *at[MAX_WORDS];
	size_t nr;
};

/* "shop::OrderService::placeOrder" is shop, order, service, place, order. */
static void split(const char *s, struct words *out)
{
	size_t n = 0;
	bool is_inside = false;
	out->nr = 0;
	for (size_t i = 0; s[i] && n + 2 < sizeof(out->text); i++) {
		unsigned char c = (unsigned char)s[i];
		bool is_hump =
			i && isupper(c) &&
			(islower((unsigned char)s[i - 1]) || islower((unsigned char)s[i + 1]));
		if (is_inside && (!isalnum(c) || is_hump)) {
			out->text[n++] = '\0';
			is_inside = false;
		}
		if (!isalnum(c))
			continue;
		if (!is_inside && out->nr == MAX_WORDS)
			break;
		if (!is_inside)
			out->at[out->nr++] = out->text + n;
		is_inside = true;
		out->text[n++] = (char)tolower(c);
	}
	out->text[n] = '\0';
}

static bool has(const struct words *w, const char *word)
{
	for (size_t i = 0; i < w->nr; i++)
		if (str_eq(w->at[i], word))
			return true;
	return false;
}

/* Short words, numbers, and what every span is say nothing of a function. */
static bool says_something(const char *word)
{
	return strlen(word) > 2 && !isdigit((unsigned char)word[0]) && !str_eq(word, "span") &&
	       !str_eq(word, "trace") && !str_eq(word, "test");
}

/* Is the name, by half of its words, that of `mine`, and by one of them not that of `theirs`? */
static bool speaks_of(
	const struct words *name, const struct words *mine, const struct words *theirs)
{
	size_t nr = 0, nr_mine = 0;
	bool tells_apart = false;
	for (size_t i = 0; i < name->nr; i++) {
		if (!says_something(name->at[i]))
			continue;
		nr++;
		nr_mine += has(mine, name->at[i]);
		tells_apart |= has(mine, name->at[i]) && !has(theirs, name->at[i]);
	}
	return tells_apart && 2 * nr_mine >= nr;
}

/* ---- work ---- */

static bool calls(const struct func *f, const struct func *other)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].callee == other)
			return true;
	return false;
}

/* One calls something, other than telemetry, that the other does not. */
static bool does_more(const struct func *f, const struct func *other)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const char *name = f->ir->ops[f->calls[i].op].sym;
		bool is_shared = f->calls[i].model || !name[0];
		for (uint32_t k = 0; k < other->nr_calls && !is_shared; k++)
			is_shared = str_eq(name, other->ir->ops[other->calls[k].op].sym);
		if (!is_shared)
			return true;
	}
	return false;
}

static bool is_other_work(struct program *p, const struct name_site *a, const struct name_site *b)
{
	struct start_options mine, theirs;
	if (a->func == b->func || calls(a->func, b->func) || calls(b->func, a->func))
		return false;
	start_options_of(p, a->func, a->site, &mine);
	start_options_of(p, b->func, b->site, &theirs);
	/* both ends of one request */
	if (mine.kind != theirs.kind)
		return false;
	return does_more(a->func, b->func) || does_more(b->func, a->func);
}

/* The function whose words the name has and `copy` lacks: that is where it was copied from. */
static const struct name_site *origin_of(
	struct program *p, const struct same_name *same, const struct name_site *copy)
{
	struct words name, its;
	split(copy->site->name, &name);
	split(copy->func->ir->name, &its);
	for (size_t i = 0; i < same->all.nr; i++) {
		const struct name_site *other = &same->all.at[i];
		struct words theirs;
		if (other->func == copy->func)
			continue;
		split(other->func->ir->name, &theirs);
		if (speaks_of(&name, &theirs, &its) && !speaks_of(&name, &its, &theirs) &&
			is_other_work(p, other, copy))
			return other;
	}
	return NULL;
}

/* As short as tells it from the other one. */
static const char *title(const struct func *f, const struct func *other)
{
	const char *simple = ir_simple_name(f->ir->name);
	return str_eq(simple, ir_simple_name(other->ir->name)) ? f->ir->name : simple;
}

static void check(struct rule_run *run, const struct same_name *same)
{
	for (size_t i = 0; i < same->all.nr; i++) {
		const struct name_site *copy = &same->all.at[i];
		const struct name_site *from = origin_of(run->program, same, copy);
		if (!from)
			continue;
		const struct ir_loc *loc = &copy->func->ir->ops[copy->site->op].loc;
		struct story story = {0};
		story_add(run, &story, &from->func->ir->ops[from->site->op].loc,
			"%s starts span \"%s\"", title(from->func, copy->func), from->site->name);
		story_add(run, &story, loc, "%s, which does other work, starts one of that name",
			title(copy->func, from->func));
		tell(run, copy->func, loc, copy->site->name,
			tell_text(run, "span \"%s\" bears the name of %s's span", copy->site->name,
				title(from->func, copy->func)),
			"backends group spans by name: the latency and the errors of two "
			"operations are added up under one of them",
			tell_text(run, "name it after what %s does", title(copy->func, from->func)),
			&story);
	}
}

static bool is_candidate(const struct func *f, const struct span_site *s)
{
	return s->name && s->name[0] &&
	       !(f->ir->flags &
		       (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE | IR_FUNC_LAMBDA | IR_FUNC_MAIN));
}

void rule_duplicate_span_name(struct rule_run *run)
{
	struct map by_name;
	map_init(&by_name, run->scratch);
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			if (!is_candidate(f, &f->sites[k]))
				continue;
			void **slot = map_slot(&by_name, f->sites[k].name);
			struct same_name *same = *slot;
			if (!same)
				*slot = same = arena_new(run->scratch, struct same_name);
			struct name_site site = {f, &f->sites[k]};
			vec_push(run->scratch, &same->all, site);
		}
	}
	for (size_t i = 0; i < by_name.nr; i++)
		check(run, by_name.at[i].value);
}
