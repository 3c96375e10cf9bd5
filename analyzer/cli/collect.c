/* `otel-tidy collect` and `otel-tidy debug`: one unit, in this process. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/setup.h"
#include "cli/units.h"
#include "engine/collect.h"
#include "facts/facts.h"
#include "ir/dump.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int one_unit(struct options *o, struct ir_unit *unit)
{
	struct database db;
	const char *error;
	if (o->paths.nr != 1)
		return cli_fail("%s needs one file", o->command);
	int failed = units_find(o, "", &db);
	if (failed)
		return failed;
	if (db.units.nr != 1)
		return cli_fail("%s is not one translation unit", o->paths.at[0]);
	const char *cwd = path_cwd(o->arena);
	const char *root = o->root[0] ? path_join(o->arena, cwd, o->root) : cwd;
	if (!collect_one(o->arena, &db.units.at[0], root, unit, &error))
		return cli_fail("%s", error);
	return 0;
}

static int print_problems(const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_problems; i++) {
		const struct ir_problem *p = &unit->problems[i];
		if (p->loc.line)
			fprintf(stderr, "otel-tidy: %s:%u: %s\n", unit->files[p->loc.file].path,
				p->loc.line, p->text);
		else
			fprintf(stderr, "otel-tidy: %s: %s\n", unit->main_file, p->text);
	}
	return unit->nr_problems ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

/* As make and ninja read it. */
static void add_dependency(struct strbuf *b, const char *path)
{
	for (; *path; path++) {
		if (strchr(" #", *path))
			strbuf_addc(b, '\\');
		else if (*path == '$')
			strbuf_addc(b, '$');
		strbuf_addc(b, *path);
	}
}

/* What the facts depend on. A unit that could not be read whole also depends on a file that is
 * never there, so that it is tried again: what it lacks may come. */
static int write_depfile(
	struct options *o, const struct ir_unit *unit, const char *cwd, const char *target)
{
	struct strbuf b;
	const char *root = o->root[0] ? path_join(o->arena, cwd, o->root) : cwd;
	strbuf_init(&b, o->arena);
	add_dependency(&b, target);
	strbuf_addc(&b, ':');
	for (uint32_t i = 0; i < unit->nr_files; i++) {
		strbuf_add(&b, " \\\n  ");
		add_dependency(&b, path_join(o->arena, root, unit->files[i].path));
	}
	if (unit->nr_problems) {
		strbuf_add(&b, " \\\n  ");
		add_dependency(&b, arena_printf(o->arena, "%s.incomplete", target));
	}
	strbuf_addc(&b, '\n');
	if (!file_write(path_join(o->arena, cwd, o->depfile), b.s, b.len))
		return cli_fail("cannot write %s: %s", o->depfile, strerror(errno));
	return 0;
}

int command_collect(struct options *o)
{
	struct ir_unit unit = {0};
	const char *cwd = path_cwd(o->arena); /* parsing goes to the unit's directory */
	int failed = one_unit(o, &unit);
	if (failed)
		return failed;
	struct strbuf out;
	strbuf_init(&out, o->arena);
	facts_write(&out, &unit);
	const char *path =
		o->out[0] ? o->out
			  : arena_printf(o->arena, "%s.facts", path_basename(o->paths.at[0]));
	if (!file_write(path_join(o->arena, cwd, path), out.s, out.len))
		return cli_fail("cannot write %s: %s", path, strerror(errno));
	if (o->depfile[0]) {
		failed = write_depfile(o, &unit, cwd, path);
		if (failed)
			return failed;
	}
	int code = print_problems(&unit);
	return o->is_incomplete_ok ? EXIT_CLEAN : code;
}

int command_debug(struct options *o)
{
	struct ir_unit unit = {0};
	const char *what = o->paths.nr ? o->paths.at[0] : "";
	if (!str_eq(what, "ir") && !str_eq(what, "cfg") && !str_eq(what, "facts"))
		return cli_fail("debug shows ir, cfg or facts: otel-tidy debug ir FILE -- FLAGS");
	for (size_t i = 1; i < o->paths.nr; i++)
		o->paths.at[i - 1] = o->paths.at[i];
	o->paths.nr--;
	int failed = one_unit(o, &unit);
	if (failed)
		return failed;
	struct strbuf out;
	strbuf_init(&out, o->arena);
	if (str_eq(what, "facts"))
		ir_dump_facts(&out, &unit);
	else if (str_eq(what, "ir"))
		ir_dump_unit(&out, &unit);
	for (uint32_t i = 0; str_eq(what, "cfg") && i < unit.nr_funcs; i++)
		if (!(unit.funcs[i].flags & IR_FUNC_SYSTEM))
			ir_dump_cfg(&out, &unit.funcs[i]);
	fputs(strbuf_str(&out), stdout);
	return print_problems(&unit);
}
