/* Which spans the over/ rules may judge. */
#include "flow/verdict.h"

static bool is_plumbing(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m)
			continue;
		switch (m->effect) {
		case EFFECT_INJECT:
		case EFFECT_EXTRACT:
		case EFFECT_FLUSH:
		case EFFECT_PROVIDER:
		case EFFECT_LINK:
		case EFFECT_KEEP:
		case EFFECT_BAGGAGE_SET:
			return true;
		default:
			break;
		}
	}
	return false;
}

bool span_is_judged_by_work(const struct func *f, const struct span_site *s)
{
	if (f->critical || f->is_not_trivial || !s->is_internal || !s->is_local)
		return false;
	if (f->ir->flags & (IR_FUNC_MAIN | IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
		return false;
	return !is_plumbing(f);
}
