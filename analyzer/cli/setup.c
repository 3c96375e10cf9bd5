/* From options to a judged program and its reports. */
#include "cli/setup.h"

#include "base/path.h"
#include "base/str.h"
#include "base/terminal.h"
#include "facts/facts.h"
#include "findings/patch.h"
#include "findings/suppress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODEL_BYTES ((size_t)16 << 20)

int cli_fail(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("otel-tidy: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	return EXIT_USAGE;
}

/* ---- configuration ---- */

static int read_config(struct setup *s, struct options *o, const char *cwd)
{
	struct arena *a = o->arena;
	const char *path = NULL, *error;
	size_t nr;
	const char *const *names = selection_rule_names(a, &nr);
	config_init(&s->config, cwd);
	if (o->config[0])
		path = path_join(a, cwd, o->config);
	else if (!o->no_config)
		path = config_find(a, cwd);
	if (path && !config_read(a, path, names, nr, &s->config, &error))
		return cli_fail("%s", error);
	s->root = s->config.root;
	return 0;
}

static int unknown_name(
	struct options *o, const char *what, const char *name, const char *const *names, size_t nr)
{
	const char *near = str_nearest(name, names, nr);
	if (near)
		return cli_fail("%s \"%s\" is not known; did you mean \"%s\"?", what, name, near);
	(void)o;
	return cli_fail("%s \"%s\" is not known; otel-tidy rules lists what there is", what, name);
}

static bool is_among(const char *name, const char *const *names, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(names[i], name))
			return true;
	return false;
}

static int apply_options(struct setup *s, struct options *o)
{
	size_t nr;
	const char *const *names = selection_rule_names(o->arena, &nr);
	for (size_t i = 0; i < o->rules.nr; i++)
		if (!is_among(o->rules.at[i], names, nr))
			return unknown_name(o, "rule", o->rules.at[i], names, nr);
	if (o->profile[0]) {
		if (!is_among(o->profile, selection_profiles, selection_nr_profiles))
			return unknown_name(o, "profile", o->profile, selection_profiles,
				selection_nr_profiles);
		s->config.profile = o->profile;
	}
	if (o->fail_on[0])
		s->config.fail_on = o->fail_on;
	return 0;
}

static int read_models(struct setup *s, struct options *o)
{
	struct model_error error;
	models_init(&s->models, o->arena);
	bool ok = models_add_builtin(&s->models, &error);
	for (size_t i = 0; ok && i < s->config.models.nr; i++) {
		const char *path = s->config.models.at[i];
		const char *text = file_read(o->arena, path, MODEL_BYTES, NULL);
		if (!text)
			return cli_fail("%s: %s (named under \"models\" in %s)", path,
				strerror(errno), s->config.path);
		ok = models_add(&s->models, path, text, &error);
	}
	if (ok && s->config.inline_models[0])
		ok = models_add(&s->models, s->config.path, s->config.inline_models, &error);
	if (!ok && error.line)
		return cli_fail("%s:%u: %s", error.file, error.line, error.text);
	return ok ? 0 : cli_fail("%s: %s", error.file, error.text);
}

static int read_registry(struct setup *s, struct options *o)
{
	struct model_error error;
	bool ok = registry_init(&s->registry, o->arena, &error);
	for (size_t i = 0; ok && i < s->config.attributes.nr; i++) {
		const struct config_attributes *own = &s->config.attributes.at[i];
		const char *text =
			own->text ? own->text : file_read(o->arena, own->path, MODEL_BYTES, NULL);
		if (!text)
			return cli_fail("%s: %s (named under \"attributes\" in %s)", own->path,
				strerror(errno), s->config.path);
		ok = registry_add(&s->registry, own->path, text, &error);
	}
	if (!ok && error.line)
		return cli_fail("%s:%u: %s", error.file, error.line, error.text);
	return ok ? 0 : cli_fail("%s: %s", error.file, error.text);
}

int setup_init(struct setup *s, struct options *o)
{
	*s = (struct setup){.database = ""};
	int failed = read_config(s, o, path_cwd(o->arena));
	if (!failed)
		failed = apply_options(s, o);
	if (!failed)
		failed = read_models(s, o);
	if (!failed)
		failed = read_registry(s, o);
	if (failed)
		return failed;
	selection_init(&s->selection, o->arena, &s->config, o->rules.at, o->rules.nr);
	intern_init(&s->strings, o->arena);
	program_init(&s->program, o->arena, &s->strings, &s->models, &s->config);
	s->program.registry = &s->registry;
	return 0;
}

/* ---- units ---- */

void setup_add_incomplete(struct setup *s, struct arena *a, const char *file, const char *text,
	const char *command, bool is_fatal)
{
	vec_push(a, &s->incomplete,
		(struct incomplete){
			.file = file, .text = text, .command = command, .is_fatal = is_fatal});
}

/* True when one of them is fatal. */
static bool add_problems(
	struct setup *s, struct arena *a, const struct ir_unit *u, const char *command)
{
	if (!u->nr_problems)
		return false;
	const struct ir_problem *first = &u->problems[0];
	bool is_fatal = false;
	for (uint32_t i = 0; i < u->nr_problems; i++) {
		if (u->problems[i].is_fatal && !is_fatal)
			first = &u->problems[i];
		is_fatal |= u->problems[i].is_fatal;
	}
	const char *place = "";
	if (first->loc.line)
		place = arena_printf(
			a, " (%s:%u)", u->files[first->loc.file].path, first->loc.line);
	const char *more = "";
	if (u->nr_problems > 1)
		more = arena_printf(a, ", and %u more", u->nr_problems - 1);
	setup_add_incomplete(s, a, u->main_file,
		arena_printf(a, "%s%s%s", first->text, place, more), command, is_fatal);
	return is_fatal;
}

void setup_add(struct setup *s, struct arena *a, const char *name, const char *bytes, size_t n,
	const char *command)
{
	struct ir_unit *unit = arena_new(a, struct ir_unit);
	const char *error;
	if (!facts_read(a, &s->strings, bytes, n, unit, &error)) {
		setup_add_incomplete(s, a, name, error, command, true);
		return;
	}
	/* what a unit looks like without one of its headers is a guess: nothing of it is judged */
	if (add_problems(s, a, unit, command))
		unit->nr_funcs = unit->nr_decls = 0;
	program_add(&s->program, unit);
}

/* ---- reports ---- */

static struct fine_line fine_line(const struct setup *s, const struct judgement *j)
{
	struct fine_line line = {.spans = j->spans,
		.on_critical = j->on_critical,
		.deserved = j->on_critical + j->deserved,
		.trivial = j->trivial,
		.undecided = j->undecided,
		.critical_paths = j->critical_paths,
		.critical_covered = j->critical_covered,
		.critical_complete = j->critical_complete,
		.functions = j->functions,
		.functions_incomplete = j->functions_incomplete};
	line.units = (uint32_t)s->program.units.nr;
	line.units_failed = (uint32_t)s->incomplete.nr;
	for (size_t i = 0; i < s->incomplete.nr; i++) {
		bool was_read = false;
		for (size_t k = 0; k < s->program.units.nr && !was_read; k++)
			was_read =
				str_eq(s->program.units.at[k].main_file, s->incomplete.at[i].file);
		line.units += !was_read;
	}
	return line;
}

static void list_rules(const struct setup *s, struct arena *a, struct report *r)
{
	struct report_rule *rules =
		arena_array(a, struct report_rule, s->selection.nr + SUPPRESS_NR_RULES);
	size_t nr = 0, next = 0;
	for (size_t i = 0; i <= s->selection.nr; i++) {
		const struct rule *rule = i < s->selection.nr ? &s->selection.rules[i] : NULL;
		while (next < SUPPRESS_NR_RULES &&
			(!rule || strcmp(suppress_rules[next].name, rule->name) < 0)) {
			const struct suppress_rule *own = &suppress_rules[next++];
			rules[nr++] = (struct report_rule){.name = own->name,
				.group = own->group,
				.tier = own->tier,
				.summary = own->summary,
				.page = own->page,
				.severity = own->severity};
		}
		if (rule && s->selection.enabled[i])
			rules[nr++] = (struct report_rule){.name = rule->name,
				.group = rule->group,
				.tier = rule->tier,
				.summary = rule->summary,
				.page = rule->page,
				.severity = s->selection.severity[i]};
	}
	r->rules = rules;
	r->nr_rules = nr;
}

bool setup_is_failing(const struct setup *s, const struct finding *f)
{
	static const char *const levels[] = {"note", "warning", "error"};
	for (size_t level = 0; !f->is_suppressed && level <= f->severity; level++)
		if (str_eq(s->config.fail_on, levels[level]))
			return true;
	return false;
}

static int exit_code(const struct setup *s, const struct judgement *j)
{
	for (size_t i = 0; i < j->findings.all.nr; i++)
		if (setup_is_failing(s, &j->findings.all.at[i]))
			return EXIT_FINDINGS;
	return s->incomplete.nr || s->is_partial ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static bool is_utf8(void)
{
	const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (size_t i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);
		if (value && value[0])
			return strstr(value, "UTF-8") || strstr(value, "utf8") != NULL;
	}
	return false;
}

bool setup_wants_color(const struct options *o, FILE *f)
{
	return str_eq(o->color, "always") || (str_eq(o->color, "auto") && terminal_wants_color(f));
}

bool setup_is_unicode(FILE *f)
{
	return terminal_width(f) > 0 && is_utf8();
}

static bool write_report(FILE *out, const char *format, struct report *r, struct arena *scratch)
{
	if (str_eq(format, "json"))
		return report_json(out, r, scratch);
	if (str_eq(format, "sarif"))
		return report_sarif(out, r, scratch);
	return report_text(out, r, scratch);
}

static int write_output(const struct output *out, struct options *o, struct report *r)
{
	bool is_stdout = !out->file[0] || str_eq(out->file, "-");
	const char *name = is_stdout ? "standard output" : out->file;
	FILE *f = is_stdout ? stdout : fopen(out->file, "w");
	if (!f)
		return cli_fail("%s: %s", name, strerror(errno));
	r->color = setup_wants_color(o, f);
	r->is_unicode = setup_is_unicode(f);
	r->width = terminal_width(f);
	struct arena scratch;
	arena_init(&scratch);
	bool ok = write_report(f, out->format, r, &scratch);
	int saved = errno;
	if (!is_stdout && fclose(f) != 0 && ok) {
		ok = false;
		saved = errno;
	}
	arena_fini(&scratch);
	return ok ? 0 : cli_fail("cannot write to %s: %s", name, strerror(saved));
}

void setup_judge(struct setup *s, struct options *o, struct judgement *j)
{
	if (!s->program.measured)
		program_link(&s->program);
	judge(&s->program, &s->selection, o->arena, j);
	patches_resolve(&j->findings, s->root, o->arena);
}

int setup_report(struct setup *s, struct options *o, const struct judgement *j, const char *base,
	const struct findings *mended)
{
	struct fine_line line = fine_line(s, j);
	struct report r = {.version = OTEL_TIDY_VERSION,
		.root = s->root,
		.findings = &j->findings,
		.line = &line,
		.incomplete = s->incomplete.at,
		.nr_incomplete = s->incomplete.nr,
		.database = s->database,
		.base = base,
		.mended = mended,
		.evidence = s->evidence,
		.is_quiet = o->is_quiet,
		.exit_code = exit_code(s, j)};
	list_rules(s, o->arena, &r);
	if (!o->outputs.nr)
		vec_push(o->arena, &o->outputs, (struct output){"text", ""});
	for (size_t i = 0; i < o->outputs.nr; i++) {
		int failed = write_output(&o->outputs.at[i], o, &r);
		if (failed)
			return failed;
	}
	return r.exit_code;
}

int setup_finish(struct setup *s, struct options *o)
{
	struct judgement j;
	setup_judge(s, o, &j);
	return setup_report(s, o, &j, NULL, NULL);
}
