/* mass-instrumentation: a change gives spans to many functions, and few of them deserve one. */
#include "base/str.h"
#include "engine/gains.h"
#include "engine/tell.h"
#include "flow/verdict.h"

void rule_mass_instrumentation(struct rule_run *run);

#define FLOOR      5 /* functions: what one may well add by hand in an afternoon */
#define MAX_LISTED 8

static const char *worth_text(enum worth worth)
{
	static const char *const texts[] = {[WORTH_CALLBACK] = "a callback that runs all the time",
		[WORTH_ACCESSOR] = "reads or writes a field",
		[WORTH_WRAPPER] = "forwards to a function that has a span",
		[WORTH_TRIVIAL] = "is short and waits for nothing",
		[WORTH_IN_LOOP] = "makes one for each item"};
	return texts[worth];
}

static void report(struct rule_run *run, const struct gain *gains, size_t nr, size_t nr_deserved)
{
	struct story story = {0};
	const struct gain *first = NULL;
	size_t listed = 0;
	for (size_t i = 0; i < nr; i++) {
		const struct gain *g = &gains[i];
		if (!g->is_too_much)
			continue;
		first = first ? first : g;
		if (listed++ < MAX_LISTED)
			story_add(run, &story, &g->func->ir->ops[g->site->op].loc, "%s() %s",
				ir_simple_name(g->func->ir->name),
				worth_text(g->site->verdict->worth));
	}
	tell(run, NULL, &first->func->ir->ops[first->site->op].loc, "change",
		tell_text(run, "this change adds spans to %zu functions; %zu deserve%s one", nr,
			nr_deserved, nr_deserved == 1 ? "s" : ""),
		"traces grow by as many spans with every request, and what they say is how the "
		"code is cut into functions: the operations that matter drown in it",
		"keep the spans of operations that wait for something or that the business knows "
		"by "
		"name, take the others out again, and say so to whoever or whatever wrote them",
		&story);
}

void rule_mass_instrumentation(struct rule_run *run)
{
	struct gains gains;
	gains_find(run->program, run->scratch, &gains);
	if (gains.all.nr >= FLOOR && gains.nr_too_much * 2 > gains.all.nr)
		report(run, gains.all.at, gains.all.nr, gains.nr_deserved);
}
