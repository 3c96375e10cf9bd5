/* Counts spans by what they are worth, and critical paths by what they have. */
#include "engine/fine.h"

#include "base/str.h"
#include "flow/verdict.h"

static bool is_ours(const struct program *p, const struct func *f)
{
	return !(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) && f->ir->loc.line &&
	       !p->files.at[f->ir->loc.file].is_system;
}

static void count_span(const struct func *f, const struct span_site *s, struct judgement *out)
{
	out->spans++;
	if (worth_is_too_much(s->verdict->worth))
		out->trivial++;
	else if (f->critical)
		out->on_critical++;
	else if (s->verdict->worth == WORTH_DESERVED)
		out->deserved++;
	else
		out->undecided++;
}

static bool has_finding(const struct findings *findings, const struct critical *c, const char *rule)
{
	for (size_t i = 0; i < findings->all.nr; i++) {
		const struct finding *f = &findings->all.at[i];
		if (str_eq(f->rule, rule) && str_eq(f->function, c->func->ir->name) &&
			str_has_prefix(f->subject, c->path.name))
			return true;
	}
	return false;
}

void fine_count(struct program *p, struct judgement *out)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		if (!is_ours(p, f))
			continue;
		out->functions++;
		out->functions_incomplete += f->ir->incomplete[0] != '\0';
		for (uint32_t k = 0; k < f->nr_sites; k++)
			count_span(f, &f->sites[k], out);
	}
	for (size_t i = 0; i < p->criticals.nr; i++) {
		const struct critical *c = &p->criticals.at[i];
		out->critical_paths++;
		if (!c->func || has_finding(&out->findings, c, "missing-span"))
			continue;
		out->critical_covered++;
		out->critical_complete += !has_finding(&out->findings, c, "missing-attribute");
	}
}
