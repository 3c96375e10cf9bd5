/* Places behind arguments, and the spans a function finds there. */
#include "flow/places.h"

uint32_t place_behind(const struct values *v, ir_value arg)
{
	if (arg == IR_NONE)
		return NO_PATH;
	if (v->address[arg] != NO_PATH)
		return v->address[arg];
	return path_find(v, PATH_DEREF, v->content[arg], "");
}

bool place_field(const struct values *v, uint32_t path, uint32_t behind, const char **field)
{
	*field = NULL;
	if (path == behind)
		return true;
	if (path == NO_PATH || v->paths.at[path].kind != PATH_FIELD ||
		v->paths.at[path].base != behind)
		return false;
	*field = v->paths.at[path].sym;
	return true;
}

uint32_t place_of_param(const struct values *v, uint32_t k, const char *field)
{
	uint32_t var = NO_PATH;
	for (uint32_t i = 0; i < v->paths.nr; i++)
		if (v->paths.at[i].kind == PATH_VAR && v->paths.at[i].var == k)
			var = i;
	uint32_t behind = path_find(v, PATH_DEREF, var, "");
	return field ? path_find(v, PATH_FIELD, behind, field) : behind;
}

/* `*param`, or `param->field`. */
static bool is_behind_param(const struct values *v, uint32_t path)
{
	const struct path *at = &v->paths.at[path];
	if (at->kind == PATH_FIELD)
		at = &v->paths.at[at->base];
	if (at->kind != PATH_DEREF)
		return false;
	const struct path *root = &v->paths.at[at->base];
	return root->kind == PATH_VAR && root->var < v->func->ir->nr_params;
}

/* Is a modelled call given the span that is in this place? */
static bool is_used(const struct values *v, uint32_t path)
{
	const struct func *f = v->func;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m || m->span < 0)
			continue;
		ir_value handle = ir_call_arg(&f->ir->ops[f->calls[i].op], (unsigned)m->span);
		if (handle == IR_NONE)
			continue;
		if (v->content[handle] == path || v->address[handle] == path)
			return true;
	}
	return false;
}

struct place_sites {
	VEC(struct place_site) all;
};

static void find_places(struct program *p, struct func *f)
{
	const struct values *v = values_of(p, f);
	for (uint32_t i = 0; i < v->paths.nr; i++) {
		if (!is_behind_param(v, i) || !is_used(v, i))
			continue;
		struct walk_query query = {.subject = WALK_PLACE, .op = IR_NONE, .place = i};
		vec_push(p->arena, &f->places->all,
			((struct place_site){i, walk_func(p, f, &query)}));
	}
}

static bool has_model(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].model && f->calls[i].model->span >= 0)
			return true;
	return false;
}

const struct place_site *places_of(struct program *p, struct func *f, uint32_t *nr)
{
	if (!f->places) {
		f->places = arena_new(p->arena, struct place_sites);
		if (has_model(f))
			find_places(p, f);
	}
	*nr = (uint32_t)f->places->all.nr;
	return f->places->all.at;
}
