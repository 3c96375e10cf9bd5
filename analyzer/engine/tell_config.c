/* Turns YAML nodes into places, steps and edits of findings. */
#include "engine/tell_config.h"

#include "base/str.h"

#include <math.h>
#include <string.h>

bool rule_reads_config(const struct rule *r)
{
	return str_eq(r->group, "sampling");
}

static struct place place_of(const struct yaml *at)
{
	return (struct place){.file = at->file,
		.line = at->line,
		.col = at->col,
		.end_col = at->is_block ? 0 : at->end_col};
}

void remark(const struct rule_run *run, const struct remark *r)
{
	struct finding f = {.rule = run->rule->name,
		.severity = run->rule->severity,
		.place = place_of(r->at),
		.function = r->pipeline ? r->pipeline->id : "",
		.subject = r->subject,
		.message = r->message,
		.why = r->why,
		.fix = r->fix};
	if (r->story) {
		f.steps = r->story->steps.at;
		f.nr_steps = (uint32_t)r->story->steps.nr;
	}
	if (r->patch) {
		f.patch = arena_new(run->arena, struct patch);
		*f.patch = *r->patch;
	}
	findings_add(run->findings, f);
}

void story_add_node(const struct rule_run *run, struct story *story, const struct yaml *at,
	const char *fmt, ...)
{
	va_list ap;
	if (!at)
		return;
	va_start(ap, fmt);
	struct step step = {place_of(at), arena_vprintf(run->arena, fmt, ap)};
	va_end(ap);
	vec_push(run->arena, &story->steps, step);
}

static struct patch *one_plan(
	const struct rule_run *run, const struct plan *plan, const char *title)
{
	struct patch *patch = arena_new(run->arena, struct patch);
	struct plan *copy = arena_new(run->arena, struct plan);
	*copy = *plan;
	*patch = (struct patch){.title = title, .nr_plans = 1, .plans = copy};
	return patch;
}

const struct patch *replace_scalar(
	const struct rule_run *run, const struct yaml *at, const char *text, const char *title)
{
	if (!at || !at->is_plain || !at->end_col || at->end_col - at->col != strlen(at->raw))
		return NULL;
	return one_plan(run,
		&(struct plan){.kind = PLAN_REPLACE,
			.file = at->file,
			.line = at->line,
			.col = at->col,
			.old = at->raw,
			.text = text},
		title);
}

const struct patch *insert_item(const struct rule_run *run, const struct yaml *list,
	const char *const *lines, size_t nr, const char *title)
{
	const struct yaml *first =
		list && list->kind == YAML_LIST && list->nr ? list->items[0] : NULL;
	const struct yaml *key =
		first && first->kind == YAML_MAP && first->nr ? first->pairs[0].key : NULL;
	/* in block style an item begins where its first key does, two columns behind the dash */
	if (!key || key->line != first->line || key->col != first->col || key->col < 3 ||
		!key->is_plain)
		return NULL;
	struct strbuf text;
	strbuf_init(&text, run->arena);
	for (size_t i = 0; i < nr; i++)
		strbuf_addf(
			&text, "%s%*s%s", i ? "\n" : "", i ? (int)key->col - 1 : 0, "", lines[i]);
	strbuf_addf(&text, "\n%*s- %s", (int)key->col - 3, "", key->raw);
	return one_plan(run,
		&(struct plan){.kind = PLAN_REPLACE,
			.file = key->file,
			.line = key->line,
			.col = key->col,
			.old = key->raw,
			.text = strbuf_str(&text)},
		title);
}

const char *share_text(const struct rule_run *run, struct share s)
{
	/* rates such as 0.1 of 0.3 are not exact in binary */
	double low = round(s.low * 1e6) / 1e4, high = round(s.high * 1e6) / 1e4;
	if (low == high)
		return tell_text(run, "%g %%", low);
	return tell_text(run, "%g to %g %%", low, high);
}

const char *seconds_text(const struct rule_run *run, double seconds)
{
	if (seconds < 1 && seconds > 0)
		return tell_text(run, "%g ms", round(seconds * 1e6) / 1e3);
	return tell_text(run, "%g s", round(seconds * 1e3) / 1e3);
}

const struct use *next_use(const struct rule_run *run, const char *type, size_t *at,
	struct pipeline **pipeline, size_t *number)
{
	const struct system *s = run->program->system;
	size_t seen = 0;
	for_each_pipeline(s, c, p)
	{
		(void)c;
		for (size_t i = 0; pipeline_is_traces(p) && i < p->processors.all.nr; i++) {
			const struct use *u = &p->processors.all.at[i];
			if (!u->component || !str_eq(u->component->type, type) || seen++ < *at)
				continue;
			*at = seen;
			*pipeline = p;
			*number = i;
			return u;
		}
	}
	return NULL;
}
