/* `otel-tidy models check`: are these model files sound? `otel-tidy models infer`: what the
 * project's own wrappers do, as a model file. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/gather.h"
#include "cli/setup.h"
#include "flow/classes.h"
#include "flow/wrappers.h"
#include "report/jsonout.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define MODEL_BYTES ((size_t)16 << 20)

static size_t count(const struct models *m)
{
	return m->nr_calls + m->nr_types + m->nr_ios + m->nr_strings + m->nr_callbacks +
	       m->nr_names;
}

static int check_files(struct options *o)
{
	if (o->paths.nr < 2)
		return cli_fail("models check needs files: otel-tidy models check FILE...");
	struct models models;
	struct model_error error;
	models_init(&models, o->arena);
	if (!models_add_builtin(&models, &error))
		return cli_fail("%s:%u: %s", error.file, error.line, error.text);
	int failed = 0;
	for (size_t i = 1; i < o->paths.nr; i++) {
		const char *path = o->paths.at[i];
		const char *text = file_read(o->arena, path, MODEL_BYTES, NULL);
		if (!text) {
			failed = cli_fail("%s: %s", path, strerror(errno));
			continue;
		}
		size_t before = count(&models);
		if (!models_add(&models, path, text, &error)) {
			failed = cli_fail("%s:%u: %s", error.file, error.line, error.text);
			continue;
		}
		printf("%s: sound, %zu entries\n", path, count(&models) - before);
	}
	return failed;
}

/* ---- infer ---- */

static void add_position(struct jsonout *j, const char *key, int position)
{
	if (position == MODEL_RESULT)
		jsonout_string(j, key, "result");
	else if (position != MODEL_NONE)
		jsonout_int(j, key, position);
}

static void add_wrapper(struct jsonout *j, const struct program *p, const struct wrapper *w)
{
	static const struct {
		uint32_t bit;
		const char *key;
	} flags[] = {{MODEL_BY_ADDRESS, "by_address"}, {MODEL_NULLS, "nulls"},
		{MODEL_RELEASES, "releases"}, {MODEL_MAY_FAIL, "may_fail"},
		{MODEL_NULL_OK, "null_ok"}, {MODEL_SETS_STATUS, "sets_status"},
		{MODEL_ON_CURRENT, "on_current"}, {MODEL_ACTIVATES, "activates"},
		{MODEL_IDEMPOTENT, "idempotent"}};
	const struct model_call *c = &w->call;
	const struct ir_loc *loc = &w->func->ir->loc;
	struct arena scratch;
	arena_init(&scratch);
	jsonout_object(j, NULL);
	jsonout_string(j, "$comment",
		arena_printf(&scratch, "%s:%u%s%s", program_file(p, loc), loc->line,
			w->beyond ? "; a model cannot say that " : "", w->beyond ? w->beyond : ""));
	jsonout_string(j, "match", c->match);
	jsonout_string(j, "effect", model_effect_name(c->effect));
	add_position(j, "span", c->span);
	add_position(j, "name", c->name);
	add_position(j, "key", c->key);
	add_position(j, "value", c->value);
	add_position(j, "status", c->status);
	add_position(j, "scope", c->scope);
	if (c->nr_key_texts)
		jsonout_array(j, "key_text");
	for (uint32_t i = 0; i < c->nr_key_texts; i++)
		jsonout_string(j, NULL, c->key_texts[i]);
	if (c->nr_key_texts)
		jsonout_array_end(j);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (c->flags & flags[i].bit)
			jsonout_bool(j, flags[i].key, true);
	jsonout_object_end(j);
	arena_fini(&scratch);
}

static void add_class(struct jsonout *j, const struct program *p, const struct span_class *c)
{
	struct arena scratch;
	const struct ir_loc *loc = &c->methods.at[0]->ir->loc;
	arena_init(&scratch);
	jsonout_object(j, NULL);
	jsonout_string(
		j, "$comment", arena_printf(&scratch, "%s:%u", program_file(p, loc), loc->line));
	jsonout_array(j, "match");
	for (size_t i = 0; i < CLASS_PATTERNS; i++)
		jsonout_string(j, NULL, class_pattern(c, i, &scratch));
	jsonout_array_end(j);
	jsonout_string(j, "role", "span");
	if (c->type.ends_on_destroy)
		jsonout_bool(j, "ends_on_destroy", true);
	if (c->type.is_shared)
		jsonout_bool(j, "is_shared", true);
	jsonout_object_end(j);
	arena_fini(&scratch);
}

static void add_classes(struct jsonout *j, const struct program *p)
{
	if (!p->classes->all.nr)
		return;
	jsonout_array(j, "types");
	for (size_t i = 0; i < p->classes->all.nr; i++)
		add_class(j, p, p->classes->all.at[i]);
	jsonout_array_end(j);
}

static int infer(struct options *o)
{
	struct setup s;
	struct judgement nothing;
	struct wrappers wrappers;
	struct strbuf out;
	struct jsonout j;
	for (size_t i = 1; i < o->paths.nr; i++)
		o->paths.at[i - 1] = o->paths.at[i];
	o->paths.nr--;
	int failed = gather(&s, o);
	if (failed)
		return failed;
	program_link(&s.program);
	memset(s.selection.enabled, 0, s.selection.nr * sizeof(*s.selection.enabled));
	judge(&s.program, &s.selection, o->arena, &nothing);
	wrappers_find(&s.program, o->arena, &wrappers);
	strbuf_init(&out, o->arena);
	jsonout_init(&j, &out);
	jsonout_object(&j, NULL);
	jsonout_string(&j, "name", "inferred");
	jsonout_string(&j, "about",
		"Inferred by otel-tidy models infer. Keep it where the wrappers are used and their "
		"sources are not analysed; where they are, otel-tidy understands them by itself.");
	add_classes(&j, &s.program);
	jsonout_array(&j, "calls");
	for (size_t i = 0; i < wrappers.all.nr; i++)
		if (!wrappers.all.at[i].unsayable)
			add_wrapper(&j, &s.program, &wrappers.all.at[i]);
	jsonout_array_end(&j);
	jsonout_object_end(&j);
	if (fputs(strbuf_str(&out), stdout) == EOF || putchar('\n') == EOF || fflush(stdout) == EOF)
		return cli_fail("cannot write to standard output");
	for (size_t i = 0; i < wrappers.all.nr; i++)
		if (wrappers.all.at[i].unsayable)
			fprintf(stderr, "otel-tidy: left out: %s() %s, and no model can say that\n",
				wrappers.all.at[i].call.match, wrappers.all.at[i].unsayable);
	for (size_t i = 0; i < s.incomplete.nr; i++)
		cli_fail("%s is incomplete: %s", s.incomplete.at[i].file, s.incomplete.at[i].text);
	return s.incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

int command_models(struct options *o)
{
	const char *verb = o->paths.nr ? o->paths.at[0] : "";
	if (str_eq(verb, "check"))
		return check_files(o);
	if (str_eq(verb, "infer"))
		return infer(o);
	return cli_fail("models needs a verb: otel-tidy models check FILE..., or otel-tidy models "
			"infer [PATH...]");
}
