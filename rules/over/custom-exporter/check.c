/* custom-exporter: a span exporter or processor written by hand. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/cost.h"

#include <string.h>
#include <strings.h>

void rule_custom_exporter(struct rule_run *run);

enum part { PART_NONE, PART_EXPORTER, PART_PROCESSOR };

static bool takes_record(struct program *p, const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_params; i++) {
		const struct model_type *t = models_type(p->models, f->vars[i].type);
		if (t && t->role == ROLE_RECORD && !(f->vars[i].flags & IR_VAR_THIS))
			return true;
	}
	return false;
}

/* It hands the records on to another one and is no end of the line: counts them, say. */
static bool is_decorator(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (str_eq(ir_simple_name(f->ir->ops[f->calls[i].op].sym),
			    ir_simple_name(f->ir->name)))
			return true;
	return false;
}

/* Virtual methods of these names that are given records override the SDK's: nothing else has them.
 */
static enum part part_of(struct program *p, const struct func *f)
{
	uint32_t skipped = IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE | IR_FUNC_LAMBDA;
	if ((f->ir->flags & skipped) || !(f->ir->flags & IR_FUNC_VIRTUAL) ||
		!takes_record(p, f->ir) || is_decorator(f))
		return PART_NONE;
	const char *name = ir_simple_name(f->ir->name);
	if (str_eq(name, "Export"))
		return PART_EXPORTER;
	/* one that looks at spans only when they begin adds attributes: that belongs here */
	if (str_eq(name, "OnEnd"))
		return f->cost->stmts || f->cost->total ? PART_PROCESSOR : PART_NONE;
	return PART_NONE;
}

/* The SDK's own, and those that keep spans for a test to look at. */
static bool is_welcome(struct program *p, const struct func *f)
{
	static const char *const words[] = {"test", "mock", "fake", "noop", "memory"};
	const char *file = program_file(p, &f->ir->loc);
	if (str_has_prefix(f->ir->name, "opentelemetry::"))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(f->ir->name, words[i]) || strcasestr(file, words[i]))
			return true;
	return false;
}

/* "ns::Exporter" of "ns::Exporter::Export" */
static const char *class_of(struct rule_run *run, const struct func *f)
{
	const char *last = ir_simple_name(f->ir->name);
	size_t n = (size_t)(last - f->ir->name);
	return arena_strndup(run->arena, f->ir->name, n >= 2 ? n - 2 : 0);
}

void rule_custom_exporter(struct rule_run *run)
{
	struct program *p = run->program;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		enum part part = part_of(p, f);
		if (part == PART_NONE || is_welcome(p, f))
			continue;
		const char *name = class_of(run, f);
		bool is_exporter = part == PART_EXPORTER;
		tell(run, f, &f->ir->loc, name,
			tell_text(run, "%s is a span %s of its own", ir_simple_name(name),
				is_exporter ? "exporter" : "processor"),
			is_exporter ? "batching, retries, back-pressure and shutdown are now this "
				      "program's to get right, in every service that copies it"
				    : "what it does to spans is decided in every process, and a "
				      "change means to build and roll out all of them",
			is_exporter ? "export OTLP to a Collector, and let the Collector speak to "
				      "whatever is behind it"
				    : "let a processor of the Collector do it: filter, transform, "
				      "redaction, tail_sampling",
			NULL);
	}
}
