/* Collects the units of a database and joins them to a program. */
#include "cli/gather.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/units.h"
#include "engine/collect.h"

#include <unistd.h>

const char *gather_again(struct options *o, const char *file, const char *database)
{
	struct strbuf b;
	strbuf_init(&b, o->arena);
	strbuf_add(&b, "otel-tidy check -j 1 --no-cache");
	if (database[0])
		strbuf_addf(&b, " -p %s", path_dirname(o->arena, database));
	strbuf_addf(&b, " %s", file);
	if (o->has_flags)
		strbuf_add(&b, " --");
	for (size_t i = 0; i < o->flags.nr; i++)
		strbuf_addf(&b, " %s", o->flags.at[i]);
	return strbuf_str(&b);
}

/* Without a configuration the project begins where the database was found on the way up. */
static const char *shared_parent(struct arena *a, const char *dir, const char *other)
{
	while (!path_is_inside(dir, other))
		dir = path_dirname(a, dir);
	return dir;
}

/* Collects the units and joins them to s->program. */
static int collect_all(struct setup *s, struct options *o, const struct database *db)
{
	const char *cwd = path_cwd(o->arena), *error;
	struct collect_options how = {.root = s->root,
		.cache_dir = setup_cache_dir(o),
		.cache_size = (unsigned long long)o->cache_size << 20,
		.jobs = o->jobs,
		.timeout = o->timeout,
		.shows_progress = isatty(STDERR_FILENO)};
	struct collected *units = arena_array(o->arena, struct collected, db->units.nr);
	if (!collect_units(o->arena, db->units.at, db->units.nr, &how, units, &error))
		return cli_fail("%s", error);
	s->program.is_whole = db->path[0] && !o->paths.nr;
	for (size_t i = 0; i < db->units.nr; i++) {
		const char *command =
			gather_again(o, units[i].file, path_relative(o->arena, cwd, db->path));
		if (units[i].bytes)
			setup_add(s, o->arena, units[i].file, units[i].bytes, units[i].nr_bytes,
				command);
		else
			setup_add_incomplete(
				s, o->arena, units[i].file, units[i].failed, command, true);
		s->program.is_whole &= units[i].bytes != NULL;
	}
	return 0;
}

int gather_find(struct setup *s, struct options *o, struct database *db)
{
	int failed = setup_init(s, o);
	if (!failed)
		failed = units_find(o, s->config.database, db);
	if (failed)
		return failed;
	if (!s->config.path[0] && !o->database[0] && db->path[0])
		s->root = shared_parent(
			o->arena, path_cwd(o->arena), path_dirname(o->arena, db->path));
	s->database = db->path[0] ? path_relative(o->arena, s->root, db->path) : "";
	return 0;
}

int gather_from(struct setup *s, struct options *o, struct database *db)
{
	int failed = gather_find(s, o, db);
	return failed ? failed : collect_all(s, o, db);
}

int gather(struct setup *s, struct options *o)
{
	struct database db;
	return gather_from(s, o, &db);
}

int gather_both(struct setup *before, struct setup *after, struct options *o, const char *base,
	struct revision *r)
{
	struct database db, old;
	const char *error;
	int failed = gather_find(after, o, &db);
	if (!failed)
		failed = setup_init(before, o);
	if (failed)
		return failed;
	if (!revision_open(o->arena, after->root, base, setup_cache_dir(o), r, &error))
		return cli_fail("%s", error);
	old = (struct database){.path = db.path};
	for (size_t i = 0; i < db.units.nr; i++) {
		struct compile_unit unit;
		if (revision_unit(o->arena, r, &db.units.at[i], &unit))
			vec_push(o->arena, &old.units, unit);
	}
	before->root = path_normalize(o->arena,
		path_join(o->arena, r->tree, path_relative(o->arena, r->top, after->root)));
	before->database = after->database;
	failed = old.units.nr ? collect_all(before, o, &old) : 0;
	return failed ? failed : collect_all(after, o, &db);
}
