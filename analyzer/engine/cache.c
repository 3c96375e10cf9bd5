/* The cache of facts. A file is named by what was asked (file, flags, version) and carries, in its
 * list of files, what the answer depends on. */
#include "engine/cache.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "facts/facts.h"

#include <stdlib.h>
#include <sys/stat.h>

#define FACTS_MAX (256u * 1024 * 1024)

static const char *entry_path(
	struct arena *a, const char *dir, const char *root, const struct compile_unit *cu)
{
	struct hash128 h;
	char hex[33];
	hash128_init(&h);
	hash128_add_str(&h, OTEL_TIDY_VERSION);
	hash128_add_str(&h, FACTS_ID);
	hash128_add_str(&h, getenv("OTEL_TIDY_LIBCLANG"));
	hash128_add_str(&h, root);
	hash128_add_str(&h, cu->file);
	hash128_add_str(&h, cu->directory);
	for (size_t i = 0; i < cu->nr_args; i++)
		hash128_add_str(&h, cu->args[i]);
	hash128_hex(&h, hex);
	return arena_printf(a, "%s/facts-1/%.2s/%s", dir, hex, hex + 2);
}

static const char *stamp(struct arena *a, const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return "gone";
	return arena_printf(a, "%lld-%lld.%09ld", (long long)st.st_size,
		(long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static const char *content_hash(struct arena *a, const char *path)
{
	size_t n;
	const char *text = file_read(a, path, FACTS_MAX, &n);
	if (!text)
		return "gone";
	struct hash128 h;
	char *hex = arena_alloc(a, 33);
	hash128_init(&h);
	hash128_add(&h, text, n);
	hash128_hex(&h, hex);
	return hex;
}

void cache_stamp_files(struct arena *a, const char *root, struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_files; i++) {
		const char *path = path_join(a, root, unit->files[i].path);
		unit->files[i].hash =
			unit->files[i].is_system ? stamp(a, path) : content_hash(a, path);
	}
}

static bool is_fresh(struct arena *a, const char *root, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_files; i++) {
		const char *path = path_join(a, root, unit->files[i].path);
		const char *now = unit->files[i].is_system ? stamp(a, path) : content_hash(a, path);
		if (!str_eq(now, unit->files[i].hash))
			return false;
	}
	return unit->nr_files > 0;
}

const char *cache_find(struct arena *a, const char *dir, const char *root,
	const struct compile_unit *cu, size_t *nr_bytes)
{
	struct arena scratch;
	arena_init(&scratch);
	const char *result = NULL;
	size_t n;
	const char *bytes = file_read(&scratch, entry_path(&scratch, dir, root, cu), FACTS_MAX, &n);
	struct intern strings;
	struct ir_unit unit;
	const char *error;
	intern_init(&strings, &scratch);
	if (bytes && facts_read(&scratch, &strings, bytes, n, &unit, &error) &&
		is_fresh(&scratch, root, &unit)) {
		result = arena_strndup(a, bytes, n);
		*nr_bytes = n;
	}
	arena_fini(&scratch);
	return result;
}

void cache_store(const char *dir, const char *root, const struct compile_unit *cu,
	const char *bytes, size_t nr_bytes)
{
	struct arena scratch;
	arena_init(&scratch);
	const char *path = entry_path(&scratch, dir, root, cu);
	if (dir_make(path_dirname(&scratch, path)))
		file_write(path, bytes, nr_bytes);
	arena_fini(&scratch);
}

const char *cache_default_dir(struct arena *a)
{
	const char *named = getenv("OTEL_TIDY_CACHE_DIR");
	if (named && named[0])
		return path_join(a, path_cwd(a), named);
	const char *xdg = getenv("XDG_CACHE_HOME");
	if (xdg && xdg[0] == '/')
		return arena_printf(a, "%s/otel-tidy", xdg);
	const char *home = getenv("HOME");
	return home && home[0] == '/' ? arena_printf(a, "%s/.cache/otel-tidy", home) : "";
}
