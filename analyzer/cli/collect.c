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
	if (!collect_one(o->arena, &db.units.at[0], path_cwd(o->arena), unit, &error))
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

int command_collect(struct options *o)
{
	struct ir_unit unit = {0};
	int failed = one_unit(o, &unit);
	if (failed)
		return failed;
	struct strbuf out;
	strbuf_init(&out, o->arena);
	facts_write(&out, &unit);
	const char *path =
		o->out[0] ? o->out
			  : arena_printf(o->arena, "%s.facts", path_basename(o->paths.at[0]));
	if (!file_write(path, out.s, out.len))
		return cli_fail("cannot write %s: %s", path, strerror(errno));
	return print_problems(&unit);
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
