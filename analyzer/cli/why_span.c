/* `otel-tidy why`: a span and what becomes of it on each way out. */
#include "cli/why.h"
#include "engine/spell.h"
#include "flow/attributes.h"
#include "flow/options.h"
#include "flow/verdict.h"

static const char *const phases[] = {
	[SPAN_BEFORE] = "not started on this path",
	[SPAN_OPEN] = "still open",
	[SPAN_ENDED] = "ended",
	[SPAN_GONE] = "handed to an owner that is not followed",
	[SPAN_FAILED] = "the start gave NULL",
};

static const char *exit_text(const struct why *w, const struct walk_exit *e)
{
	static const char *const kinds[] = {
		[EXIT_RETURN] = "returns",
		[EXIT_THROW] = "leaves with an exception",
		[EXIT_NORETURN] = "ends the process or the frame",
		[EXIT_LOST] = "drops the last handle",
		[EXIT_RESTART] = "starts the span again",
	};
	static const char *const outcomes[] = {
		[OUTCOME_UNKNOWN] = "",
		[OUTCOME_SUCCESS] = " success",
		[OUTCOME_FAILURE] = " an error",
		[OUTCOME_SUSPECT] = " what looks like an error",
		[OUTCOME_HANDLED] = " an answer that is no failure",
	};
	bool is_return = e->kind == EXIT_RETURN;
	return arena_printf(
		w->arena, "%s%s", kinds[e->kind], is_return ? outcomes[e->outcome] : "");
}

static void add_keys(const struct why *w, const struct walk *walk, const struct walk_exit *e)
{
	unsigned nr = 0;
	for (size_t i = 0; i < walk->keys.nr; i++)
		if (((e->keys >> i) & 1) && !key_is_param(walk->keys.at[i]))
			strbuf_addf(w->out, "%s%s", nr++ ? ", " : "; keys ", walk->keys.at[i]);
	if (keys_has_unknown(walk, e->keys))
		strbuf_add(w->out,
			nr ? ", and some that cannot be named" : "; keys that cannot be named");
	else if (!nr)
		strbuf_add(w->out, "; no keys");
}

static void add_path(const struct why *w, const struct walk_exit *e)
{
	unsigned nr = 0;
	for (uint32_t i = 0; i < e->nr_hops; i++) {
		const struct ir_op *op = &w->func->ir->ops[e->hops[i].op];
		if (op->kind == IR_BRANCH && w->func->ir->ops[op->args[0]].kind == IR_CONST)
			continue; /* a macro's do … while (0) */
		const char *text = NULL;
		if (op->kind == IR_BRANCH)
			text = spell_condition(
				w->program, w->func, op->args[0], e->hops[i].succ == 0);
		else if (op->kind == IR_TRY && e->hops[i].succ == 0)
			continue;
		strbuf_addf(w->out, "%s%u", nr++ ? ", " : "\n        path: line ", op->loc.line);
		if (text)
			strbuf_addf(w->out, " (%s)", text);
	}
}

static void add_exit(const struct why *w, const struct walk *walk, const struct walk_exit *e)
{
	strbuf_addf(w->out, "      line %u %s: %s", w->func->ir->ops[e->op].loc.line,
		exit_text(w, e), phases[e->phase]);
	if (e->phase == SPAN_ENDED && e->ended_at != IR_NONE)
		strbuf_addf(w->out, " on line %u", w->func->ir->ops[e->ended_at].loc.line);
	if (e->phase != SPAN_BEFORE && e->phase != SPAN_FAILED) {
		strbuf_add(w->out, e->flags & (STATE_ERROR_STATUS | STATE_MAYBE_ERROR)
					   ? "; an error may be recorded"
					   : "; no error recorded");
		add_keys(w, walk, e);
	}
	add_path(w, e);
	strbuf_addc(w->out, '\n');
}

static void add_judged(const struct why *w, const struct span_site *s)
{
	const char *why_not = NULL;
	const struct func *f = w->func;
	if (f->critical)
		why_not = "the function is on a critical path";
	else if (f->is_not_trivial)
		why_not = "OTEL_NOT_TRIVIAL stands on the function";
	else if (!s->is_internal)
		why_not = "its kind may not be INTERNAL";
	else if (!s->is_local)
		why_not = "it does not end in this function on every path";
	else if (!span_is_judged_by_work(f, s))
		why_not = "the function is plumbing of the tracing itself, main, or a template";
	if (why_not)
		strbuf_addf(w->out, "    not judged by what the function does: %s\n", why_not);
	else
		strbuf_add(w->out, "    judged by what the function does (see cost and shape)\n");
}

void why_span(const struct why *w, const struct span_site *s)
{
	struct start_options o;
	start_options_of(w->program, w->func, s, &o);
	strbuf_addf(w->out, "  %s, started on line %u, kind %s%s\n", span_title(s, w->arena),
		w->func->ir->ops[s->op].loc.line, span_kind_name(o.kind),
		s->is_automatic ? ", ends by itself with its last handle" : "");
	if (!s->walk->is_complete)
		strbuf_addf(w->out, "    incomplete, so rules about its paths are silent: %s\n",
			s->walk->why_not);
	add_judged(w, s);
	for (size_t i = 0; i < s->walk->exits.nr; i++)
		add_exit(w, s->walk, &s->walk->exits.at[i]);
}
