/* Collects units in worker processes: each parses, lowers and answers with facts. */
#include "engine/collect.h"

#include "base/path.h"
#include "base/process.h"
#include "base/terminal.h"
#include "engine/cache.h"
#include "engine/relative.h"
#include "facts/facts.h"
#include "frontend/frontend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JOB_FACTS, JOB_NO_LIBRARY };

struct collector {
	struct arena *arena;
	const struct compile_unit *units;
	const struct collect_options *options;
	struct collected *out;
	size_t *todo; /* indices of the units that are not in the cache */
	size_t nr_todo, nr_done;
	const char *no_library;
	struct cache cache;        /* a worker goes on with a copy of its own */
	struct frontend *frontend; /* in a worker, opened with its first job */
	struct arena worker;
};

/* For tests: the worker that gets a file with this in its name dies, or never answers. */
static void misbehave(const char *file)
{
	const char *crash = getenv("OTEL_TIDY_TEST_CRASH");
	const char *hang = getenv("OTEL_TIDY_TEST_HANG");
	if (crash && crash[0] && strstr(file, crash))
		abort();
	while (hang && hang[0] && strstr(file, hang))
		pause();
}

static void lower(struct frontend *f, struct arena *a, const struct compile_unit *cu,
	struct cache *cache, struct ir_unit *out)
{
	struct arena scratch;
	arena_init(&scratch);
	frontend_lower(f, cu, a, &scratch, out);
	arena_fini(&scratch);
	relative_unit(a, cache->root, out);
	cache_hash_files(cache, out);
}

static int run_job(void *ctx, size_t index, struct process_out *reply)
{
	struct collector *c = ctx;
	const struct compile_unit *cu = &c->units[c->todo[index]];
	misbehave(cu->file);
	if (!c->frontend) {
		const char *error;
		c->frontend = frontend_open(&c->worker, &error);
		if (!c->frontend) {
			process_out_add(reply, error, strlen(error));
			return JOB_NO_LIBRARY;
		}
	}
	struct ir_unit unit = {0};
	struct strbuf facts;
	strbuf_init(&facts, &reply->arena);
	lower(c->frontend, &reply->arena, cu, &c->cache, &unit);
	facts_write(&facts, &unit);
	process_out_add(reply, facts.s, facts.len);
	if (unit.nr_problems == 0)
		cache_store(&c->cache, cu, &unit, facts.s, facts.len);
	return JOB_FACTS;
}

static void take_result(void *ctx, const struct process_result *r)
{
	struct collector *c = ctx;
	struct collected *out = &c->out[c->todo[r->index]];
	if (r->end != PROCESS_DONE) {
		out->failed = process_describe(c->arena, r);
	} else if (r->status == JOB_NO_LIBRARY) {
		c->no_library = arena_strndup(c->arena, r->bytes, r->nr_bytes);
	} else {
		out->bytes = arena_strndup(c->arena, r->bytes, r->nr_bytes);
		out->nr_bytes = r->nr_bytes;
	}
	c->nr_done++;
	if (c->options->shows_progress)
		terminal_progress("%zu/%zu %s", c->nr_done, c->nr_todo, out->file);
}

static void look_in_cache(struct collector *c, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct collected *out = &c->out[i];
		*out = (struct collected){
			.file = path_relative(c->arena, c->options->root, c->units[i].file),
			.failed = ""};
		if (access(c->units[i].file, R_OK) != 0) {
			out->failed = arena_printf(c->arena, "cannot read it: %s", strerror(errno));
			continue;
		}
		out->bytes = cache_find(&c->cache, c->arena, &c->units[i], &out->nr_bytes);
		out->is_cached = out->bytes != NULL;
		if (!out->bytes)
			c->todo[c->nr_todo++] = i;
	}
}

bool collect_units(struct arena *a, const struct compile_unit *units, size_t nr,
	const struct collect_options *options, struct collected *out, const char **error)
{
	struct collector c = {.arena = a,
		.units = units,
		.options = options,
		.out = out,
		.todo = arena_array(a, size_t, nr)};
	cache_open(&c.cache, a, options->cache_dir, options->root);
	look_in_cache(&c, nr);
	if (!c.nr_todo)
		return true;
	struct process_pool pool = {.nr_workers = options->jobs,
		.timeout = options->timeout,
		.ctx = &c,
		.job = run_job,
		.result = take_result};
	bool ok = process_run(&pool, c.nr_todo, error);
	if (options->shows_progress)
		terminal_progress_clear();
	if (ok && c.no_library) {
		*error = c.no_library;
		return false;
	}
	if (ok && options->cache_dir[0] && options->cache_size)
		cache_shrink(options->cache_dir, options->cache_size);
	return ok;
}

bool collect_one(struct arena *a, const struct compile_unit *cu, const char *root,
	struct ir_unit *out, const char **error)
{
	struct frontend *f = frontend_open(a, error);
	struct cache none;
	if (!f)
		return false;
	cache_open(&none, a, "", root);
	lower(f, a, cu, &none, out);
	frontend_close(f);
	return true;
}
