/* `otel-tidy doctor`: what a run would work with, what is in its way, and what to do about it. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/mentions.h"
#include "cli/setup.h"
#include "frontend/frontend.h"
#include "project/revision.h"
#include "project/toolchain.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct doctor {
	struct options *o;
	struct setup s;
	VEC(const char *) steps; /* what to do */
	bool is_ill;             /* a run could not say anything */
};

__attribute__((format(printf, 3, 4))) static void say(
	struct doctor *d, const char *label, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	printf("%-15s %s\n", label, arena_vprintf(d->o->arena, fmt, ap));
	va_end(ap);
}

__attribute__((format(printf, 2, 3))) static void advise(struct doctor *d, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vec_push(d->o->arena, &d->steps, arena_vprintf(d->o->arena, fmt, ap));
	va_end(ap);
}

static void look_at_config(struct doctor *d)
{
	const struct config *c = &d->s.config;
	if (!c->path[0]) {
		say(d, "configuration", "none upward of here; the defaults hold");
		advise(d, "otel-tidy init writes an otel-tidy.json to begin with");
		return;
	}
	size_t nr = 0;
	for (size_t i = 0; i < d->s.selection.nr; i++)
		nr += d->s.selection.enabled[i];
	say(d, "configuration", "%s: profile %s, %zu rules run, %zu critical paths, fails on %s",
		path_relative(d->o->arena, d->s.root, c->path), c->profile, nr,
		c->critical_paths.nr, c->fail_on);
}

static void look_at_sources(struct doctor *d, const struct database *db)
{
	struct arena *a = d->o->arena;
	struct mentions m;
	struct strbuf b;
	strbuf_init(&b, a);
	mentions_find(a, &d->s.models, db, &m);
	for (size_t i = 0; i < m.all.nr; i++)
		strbuf_addf(
			&b, "%s%s (%zu)", i ? ", " : "", m.all.at[i].model, m.all.at[i].nr_units);
	if (m.all.nr)
		say(d, "tracing", "%zu of %zu units name it: %s", m.nr_units, db->units.nr,
			strbuf_str(&b));
	else
		say(d, "tracing", "no unit names a tracing API that is known");
	if (!m.all.nr)
		advise(d, "if your spans come from helpers of your own, otel-tidy understands them "
			  "from their sources; if these are elsewhere, otel-tidy models infer "
			  "describes them");
	if (m.nr_missing)
		advise(d,
			"%zu of the files that the database names cannot be read, first %s: build "
			"once, for those that are generated, or write the database anew",
			m.nr_missing, m.missing);
}

static void look_at_database(struct doctor *d)
{
	struct arena *a = d->o->arena;
	struct database db = {0};
	const char *cwd = path_cwd(a), *error, *named = d->s.config.database;
	if (d->o->database[0])
		named = path_join(a, cwd, d->o->database);
	const char *path = database_find(a, named[0] ? named : cwd, named[0] != '\0', &error);
	if (!path || !database_read(a, path, &db, &error)) {
		say(d, "database", "none that can be used");
		advise(d, "%s", error);
		d->is_ill = true;
		return;
	}
	size_t nr_cxx = 0;
	for (size_t i = 0; i < db.units.nr; i++)
		nr_cxx += db.units.at[i].is_cxx;
	say(d, "database", "%s: %zu units of C, %zu of C++", path_relative(a, cwd, path),
		db.units.nr - nr_cxx, nr_cxx);
	if (db.notes.nr)
		say(d, "", "passed over: %s%s", db.notes.at[0],
			db.notes.nr > 1 ? arena_printf(a, ", and %zu more", db.notes.nr - 1) : "");
	if (!db.units.nr) {
		d->is_ill = true;
		advise(d, "the database names no C or C++ unit: configure and build once more");
	}
	look_at_sources(d, &db);
}

static void look_at_library(struct doctor *d)
{
	struct arena *a = d->o->arena;
	const char *error;
	struct frontend *f = frontend_open(a, &error);
	if (!f) {
		say(d, "libclang", "none that can be used");
		advise(d, "%s", error);
		d->is_ill = true;
		return;
	}
	say(d, "libclang", "%s, %s", frontend_version(f), frontend_library(f));
	const char *headers = toolchain_resource_dir(a, frontend_library(f), frontend_major(f));
	say(d, "its headers", "%s", headers ? headers : "not found");
	if (!headers)
		advise(d,
			"stddef.h and its like are missing: install libclang-common-%d-dev, or "
			"set OTEL_TIDY_RESOURCE_DIR",
			frontend_major(f));
	else if (!str_has_suffix(headers, arena_printf(a, "/%d", frontend_major(f))))
		advise(d,
			"the headers of libclang %d itself would be better: install "
			"libclang-common-%d-dev",
			frontend_major(f), frontend_major(f));
	frontend_close(f);
}

static unsigned long long cache_bytes, cache_files; /* nftw has no context */

static int count_file(const char *path, const struct stat *s, int type, struct FTW *at)
{
	(void)path, (void)at;
	cache_bytes += type == FTW_F ? (unsigned long long)s->st_size : 0;
	cache_files += type == FTW_F;
	return 0;
}

static void look_at_cache(struct doctor *d)
{
	const char *dir = setup_cache_dir(d->o);
	if (!dir[0]) {
		say(d, "cache", "%s", d->o->no_cache ? "off" : "off: $HOME is not set");
		if (!d->o->no_cache)
			advise(d, "--cache-dir or $OTEL_TIDY_CACHE_DIR tells where it may be");
		return;
	}
	if (!dir_make(dir) || access(dir, W_OK) != 0) {
		say(d, "cache", "%s: cannot be written to", dir);
		advise(d, "--cache-dir names another directory; without one, every run parses all");
		return;
	}
	cache_bytes = cache_files = 0;
	nftw(dir, count_file, 16, FTW_PHYS);
	say(d, "cache", "%s: %llu MiB in %llu files, at most %u MiB", dir, cache_bytes >> 20,
		cache_files, d->o->cache_size);
}

static void look_at_git(struct doctor *d)
{
	const char *top, *commit;
	bool is_shallow;
	if (!revision_head(d->o->arena, d->s.root, &top, &commit, &is_shallow)) {
		say(d, "git", "no repository around here; otel-tidy diff needs one");
		return;
	}
	say(d, "git", "%s at %.12s%s", top, commit[0] ? commit : "no commit yet",
		is_shallow ? ", a clone with a short history" : "");
	if (is_shallow)
		advise(d, "otel-tidy diff: git fetch --depth=1 origin main && otel-tidy diff "
			  "FETCH_HEAD");
}

int command_doctor(struct options *o)
{
	struct doctor d = {.o = o};
	printf("otel-tidy       " OTEL_TIDY_VERSION "\n");
	int failed = setup_init(&d.s, o);
	if (failed)
		return failed;
	look_at_config(&d);
	look_at_database(&d);
	look_at_library(&d);
	look_at_cache(&d);
	look_at_git(&d);
	if (d.s.baseline[0] && !file_exists(d.s.baseline))
		advise(&d, "the baseline %s is not there: otel-tidy baseline accept writes it",
			d.s.baseline);
	for (size_t i = 0; i < d.steps.nr; i++)
		printf("%snext: %s\n", i ? "" : "\n", d.steps.at[i]);
	if (!d.steps.nr)
		printf("\nNothing is in the way.\n");
	return d.is_ill ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
