/* The cache of facts. A file is named by what was asked (file, its contents, flags, versions), all
 * of it relative to the root, and begins with what the answer depends on. Headers differ between
 * branches, so that each name has a few places. */
#include "engine/cache.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/str.h"
#include "engine/library.h"
#include "engine/relative.h"
#include "facts/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FACTS_MAX (256u * 1024 * 1024)
#define MAGIC     "otel-tidy entry 1 "
#define NR_PLACES 4
#define HASH_LEN  32

void cache_open(struct cache *c, struct arena *a, const char *dir, const char *root)
{
	*c = (struct cache){.arena = a, .dir = dir, .root = root, .library = ""};
	map_init(&c->hashes, a);
	map_init(&c->exists, a);
	if (dir[0])
		c->library = library_version(a, dir);
}

const char *cache_hash_file(struct arena *a, const char *path)
{
	struct arena scratch;
	struct hash128 h;
	size_t n;
	char *hex = arena_alloc(a, HASH_LEN + 1);
	arena_init(&scratch);
	const char *text = file_read(&scratch, path, FACTS_MAX, &n);
	if (text) {
		hash128_init(&h);
		hash128_add(&h, text, n);
		hash128_hex(&h, hex);
	}
	arena_fini(&scratch);
	return text ? hex : "gone";
}

static const char *hash_of(struct cache *c, const char *path)
{
	const char *known = map_get(&c->hashes, path);
	if (!known) {
		known = cache_hash_file(c->arena, path);
		map_put(&c->hashes, arena_strdup(c->arena, path), (void *)known);
	}
	return known;
}

static bool is_there(struct cache *c, const char *path)
{
	const char *known = map_get(&c->exists, path);
	if (!known) {
		known = file_exists(path) ? "y" : "n";
		map_put(&c->exists, arena_strdup(c->arena, path), (void *)known);
	}
	return known[0] == 'y';
}

void cache_hash_files(struct cache *c, struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_files; i++) {
		struct ir_file *f = &unit->files[i];
		if (f->is_system || !f->hash[0])
			f->hash = hash_of(c, path_join(c->arena, c->root, f->path));
	}
}

static const char *entry_path(struct cache *c, struct arena *a, const struct compile_unit *cu)
{
	struct hash128 h;
	char hex[33];
	hash128_init(&h);
	hash128_add_str(&h, OTEL_TIDY_VERSION);
	hash128_add_str(&h, FACTS_ID);
	hash128_add_str(&h, c->library);
	hash128_add_str(&h, getenv("OTEL_TIDY_RESOURCE_DIR"));
	hash128_add_str(&h, getenv("CPATH")); /* the parser looks for headers there */
	hash128_add_str(&h, getenv("C_INCLUDE_PATH"));
	hash128_add_str(&h, getenv("CPLUS_INCLUDE_PATH"));
	hash128_add_str(&h, hash_of(c, cu->file));
	hash128_add_str(&h, relative_word(a, c->root, cu->file));
	hash128_add_str(&h, relative_word(a, c->root, cu->directory));
	for (size_t i = 0; i < cu->nr_args; i++)
		hash128_add_str(&h, relative_word(a, c->root, cu->args[i]));
	hash128_hex(&h, hex);
	return arena_printf(a, "%s/facts-2/%.2s/%s", c->dir, hex, hex + 2);
}

/* ---- what an entry depends on ---- */

/* Directories in which headers are looked up: those of the options in their order, then those of
 * the project's files, where #include "x.h" looks first. */
struct search {
	VEC(const char *) dirs;
	size_t nr_options;
	struct map seen;
};

static void add_search_dir(struct arena *a, struct search *s, const char *dir)
{
	if (map_has(&s->seen, dir))
		return;
	map_put(&s->seen, dir, s);
	vec_push(a, &s->dirs, dir);
}

static void find_search(struct arena *a, const struct compile_unit *cu, struct search *s)
{
	static const char *const options[] = {"-I", "-iquote", "-isystem", "-idirafter"};
	*s = (struct search){0};
	map_init(&s->seen, a);
	for (size_t i = 0; i < cu->nr_args; i++) {
		for (size_t k = 0; k < sizeof(options) / sizeof(options[0]); k++) {
			const char *word = cu->args[i], *dir = NULL;
			if (str_eq(word, options[k]) && i + 1 < cu->nr_args)
				dir = cu->args[i + 1];
			else if (str_has_prefix(word, options[k]) && word[strlen(options[k])])
				dir = word + strlen(options[k]);
			if (dir)
				add_search_dir(a, s, path_join(a, cu->directory, dir));
		}
	}
	s->nr_options = s->dirs.nr;
}

/* Which files there are that one of the project's could be mistaken for: one bit each. */
static void add_rivals(struct cache *c, struct arena *a, const struct search *s, const char *path,
	struct hash128 *h)
{
	for (size_t k = 0; k < s->dirs.nr; k++) {
		if (!path_is_inside(s->dirs.at[k], path))
			continue;
		const char *name = path_relative(a, s->dirs.at[k], path);
		for (size_t i = 0; i < s->dirs.nr; i++) {
			/* options behind the one that led there are never asked */
			if (i == k || (i > k && i < s->nr_options))
				continue;
			const char *other = path_join(a, s->dirs.at[i], name);
			hash128_add(h, is_there(c, other) ? "1" : "0", 1);
		}
	}
}

/* A header that comes into a directory which is looked into earlier is read instead of another one:
 * what was there, and what was not, is part of what the facts depend on. */
static const char *search_state(struct cache *c, struct arena *a, const struct compile_unit *cu,
	const char *const *paths, size_t nr)
{
	struct search s;
	struct hash128 h;
	char *hex = arena_alloc(a, HASH_LEN + 1);
	find_search(a, cu, &s);
	for (size_t i = 0; i < nr; i++)
		add_search_dir(a, &s, path_dirname(a, paths[i]));
	hash128_init(&h);
	for (size_t i = 0; i < nr; i++)
		add_rivals(c, a, &s, paths[i], &h);
	hash128_hex(&h, hex);
	return hex;
}

/* Lines "HASH s PATH" for files of the system, "HASH p PATH" for those of the project; then an
 * empty one. */
static bool is_fresh(struct cache *c, struct arena *a, const struct compile_unit *cu,
	const char *search, const char *lines)
{
	VEC(const char *) own = {0};
	for (const char *at = lines; *at && *at != '\n'; at++) {
		size_t n = strcspn(at, "\n");
		if (n < HASH_LEN + 4)
			return false;
		const char *path = path_join(
			a, c->root, arena_strndup(a, at + HASH_LEN + 3, n - HASH_LEN - 3));
		if (strncmp(hash_of(c, path), at, HASH_LEN) != 0)
			return false;
		if (at[HASH_LEN + 1] == 'p')
			vec_push(a, &own, path);
		at += n;
	}
	return strncmp(search_state(c, a, cu, own.at, own.nr), search, HASH_LEN) == 0;
}

/* ---- entries ---- */

/* The whole entry: magic, hash of what follows, state of the search, dependencies, facts. */
static bool is_whole(const char *bytes, size_t n)
{
	const size_t head = strlen(MAGIC) + HASH_LEN + 1;
	struct hash128 h;
	char hex[33];
	if (n < head + HASH_LEN + 1 || !str_has_prefix(bytes, MAGIC))
		return false;
	hash128_init(&h);
	hash128_add(&h, bytes + head, n - head);
	hash128_hex(&h, hex);
	return strncmp(bytes + strlen(MAGIC), hex, HASH_LEN) == 0;
}

static const char *read_entry(struct cache *c, struct arena *scratch, struct arena *a,
	const struct compile_unit *cu, const char *path, size_t *nr_bytes)
{
	size_t n;
	const char *bytes = file_read(scratch, path, FACTS_MAX, &n);
	if (!bytes || !is_whole(bytes, n))
		return NULL;
	const char *search = bytes + strlen(MAGIC) + HASH_LEN + 1, *lines = search + HASH_LEN + 1;
	if (!is_fresh(c, scratch, cu, search, lines))
		return NULL;
	const char *end = strstr(lines, "\n\n");
	if (!end)
		return NULL;
	end += 2;
	*nr_bytes = n - (size_t)(end - bytes);
	/* its turn to be thrown away moves back */
	utimensat(AT_FDCWD, path, NULL, 0);
	return arena_strndup(a, end, *nr_bytes);
}

const char *cache_find(
	struct cache *c, struct arena *a, const struct compile_unit *cu, size_t *nr_bytes)
{
	struct arena scratch;
	const char *found = NULL;
	if (!c->dir[0])
		return NULL;
	arena_init(&scratch);
	const char *path = entry_path(c, &scratch, cu);
	for (unsigned i = 0; i < NR_PLACES && !found; i++)
		found = read_entry(
			c, &scratch, a, cu, arena_printf(&scratch, "%s.%u", path, i), nr_bytes);
	arena_fini(&scratch);
	return found;
}

/* A free place, else the one that was not used for longest. */
static const char *choose_place(struct arena *a, const char *path)
{
	const char *oldest = NULL;
	struct timespec age = {0};
	for (unsigned i = 0; i < NR_PLACES; i++) {
		struct stat st;
		const char *place = arena_printf(a, "%s.%u", path, i);
		if (stat(place, &st) != 0)
			return place;
		if (!oldest || st.st_mtim.tv_sec < age.tv_sec ||
			(st.st_mtim.tv_sec == age.tv_sec && st.st_mtim.tv_nsec < age.tv_nsec)) {
			oldest = place;
			age = st.st_mtim;
		}
	}
	return oldest;
}

void cache_store(struct cache *c, const struct compile_unit *cu, const struct ir_unit *unit,
	const char *bytes, size_t nr_bytes)
{
	struct arena scratch;
	struct strbuf body, entry, lines;
	struct hash128 h;
	char hex[33];
	VEC(const char *) own = {0};
	if (!c->dir[0] || !unit->nr_files)
		return;
	arena_init(&scratch);
	strbuf_init(&body, &scratch);
	strbuf_init(&entry, &scratch);
	strbuf_init(&lines, &scratch);
	for (uint32_t i = 0; i < unit->nr_files; i++) {
		const struct ir_file *f = &unit->files[i];
		if (strlen(f->hash) != HASH_LEN || strchr(f->path, '\n'))
			goto out; /* gone meanwhile: what it was is not known */
		strbuf_addf(&lines, "%s %c %s\n", f->hash, f->is_system ? 's' : 'p', f->path);
		if (!f->is_system)
			vec_push(&scratch, &own, path_join(&scratch, c->root, f->path));
	}
	strbuf_addf(&body, "%s\n%s\n", search_state(c, &scratch, cu, own.at, own.nr),
		strbuf_str(&lines));
	strbuf_addn(&body, bytes, nr_bytes);
	hash128_init(&h);
	hash128_add(&h, body.s, body.len);
	hash128_hex(&h, hex);
	strbuf_addf(&entry, MAGIC "%s\n", hex);
	strbuf_addn(&entry, body.s, body.len);
	const char *path = entry_path(c, &scratch, cu);
	if (dir_make(path_dirname(&scratch, path)))
		file_write(choose_place(&scratch, path), entry.s, entry.len);
out:
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
