/* Finds the database and picks the units that were asked for. */
#include "cli/units.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/setup.h"

#include <stdlib.h>
#include <string.h>

static int compare_units(const void *x, const void *y)
{
	const struct compile_unit *a = x, *b = y;
	return strcmp(a->file, b->file);
}

static int check_paths_exist(struct options *o, const char *cwd)
{
	for (size_t i = 0; i < o->paths.nr; i++) {
		const char *path = path_join(o->arena, cwd, o->paths.at[i]);
		if (file_exists(path) || dir_exists(path))
			continue;
		const char *near = options_near_command(o->paths.at[i]);
		if (near)
			return cli_fail(
				"%s: no such file or directory; did you mean the command %s?",
				o->paths.at[i], near);
		return cli_fail("%s: no such file or directory", o->paths.at[i]);
	}
	return 0;
}

static int single_files(struct options *o, const char *cwd, struct database *db)
{
	if (!o->paths.nr)
		return cli_fail("flags behind \"--\" need a file before them: otel-tidy %s FILE -- "
				"-Iinclude",
			o->command);
	for (size_t i = 0; i < o->paths.nr; i++) {
		const char *path = path_join(o->arena, cwd, o->paths.at[i]);
		if (dir_exists(path))
			return cli_fail("%s is a directory; flags behind \"--\" are for files",
				o->paths.at[i]);
		struct database one = {0};
		database_single(o->arena, path, o->flags.at, o->flags.nr, &one);
		for (size_t k = 0; k < one.units.nr; k++)
			vec_push(o->arena, &db->units, one.units.at[k]);
	}
	db->path = "";
	return 0;
}

static bool is_wanted(struct options *o, const char *cwd, const char *file, bool *used)
{
	bool wanted = !o->paths.nr;
	for (size_t i = 0; i < o->paths.nr; i++) {
		if (path_is_inside(path_join(o->arena, cwd, o->paths.at[i]), file))
			wanted = used[i] = true;
	}
	return wanted;
}

static int pick_units(struct options *o, const char *cwd, struct database *db)
{
	bool *used = arena_array(o->arena, bool, o->paths.nr);
	size_t kept = 0;
	for (size_t i = 0; i < db->units.nr; i++)
		if (is_wanted(o, cwd, db->units.at[i].file, used))
			db->units.at[kept++] = db->units.at[i];
	db->units.nr = kept;
	for (size_t i = 0; i < o->paths.nr; i++)
		if (!used[i])
			return cli_fail("%s: no translation unit of %s is there; give its flags: "
					"otel-tidy %s %s -- -Iinclude",
				o->paths.at[i], path_relative(o->arena, cwd, db->path), o->command,
				o->paths.at[i]);
	return 0;
}

int units_find(struct options *o, const char *configured, struct database *db)
{
	const char *cwd = path_cwd(o->arena), *error;
	*db = (struct database){.path = ""};
	int failed = check_paths_exist(o, cwd);
	if (!failed && o->has_flags) {
		failed = single_files(o, cwd, db);
	} else if (!failed) {
		const char *named =
			o->database[0] ? path_join(o->arena, cwd, o->database) : configured;
		const char *path =
			database_find(o->arena, named[0] ? named : cwd, named[0] != '\0', &error);
		/* without units nothing was analysed: that is not a clean program */
		if (!path || !database_read(o->arena, path, db, &error)) {
			cli_fail("%s", error);
			return EXIT_INCOMPLETE;
		}
		failed = pick_units(o, cwd, db);
		if (!failed && !db->units.nr) {
			cli_fail("%s: it names no C or C++ translation unit",
				path_relative(o->arena, cwd, path));
			return EXIT_INCOMPLETE;
		}
	}
	if (!failed && db->units.nr)
		qsort(db->units.at, db->units.nr, sizeof(*db->units.at), compare_units);
	return failed;
}
