/* Notes files and directories, and compares them: by stat, and where that differs by contents. */
#include "engine/manifest.h"

#include "base/path.h"
#include "engine/cache.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define HASH_LEN 32

void manifest_init(struct manifest *m, struct arena *a)
{
	*m = (struct manifest){.arena = a, .since = time(NULL)};
	map_init(&m->seen, a);
	strbuf_init(&m->text, a);
}

static bool is_new(struct manifest *m, const char *path)
{
	if (map_has(&m->seen, path))
		return false;
	map_put(&m->seen, arena_strdup(m->arena, path), m);
	return true;
}

/* Size, time and number of a file. */
static const char *stamp(struct arena *a, const struct stat *st)
{
	return arena_printf(a, "%lld,%lld.%09ld,%llu", (long long)st->st_size,
		(long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec, (unsigned long long)st->st_ino);
}

/* A file that was written in the second before the run may be written again in the same second. */
static bool is_young(const struct manifest *m, const struct stat *st)
{
	return st->st_mtim.tv_sec >= m->since - 1;
}

void manifest_add_file(struct manifest *m, const char *path, const char *hash)
{
	struct stat st;
	if (!is_new(m, path))
		return;
	if (stat(path, &st) != 0 || strchr(path, '\n')) {
		m->is_unsure = true;
		return;
	}
	if (!hash) {
		hash = cache_hash_file(m->arena, path);
		/* what was read earlier may have been something else */
		m->is_unsure |= st.st_mtim.tv_sec >= m->since;
	}
	m->is_unsure |= strlen(hash) != HASH_LEN;
	strbuf_addf(&m->text, "F %s %s %s\n", is_young(m, &st) ? "young" : stamp(m->arena, &st),
		hash, path);
}

void manifest_add_dir(struct manifest *m, const char *path)
{
	struct stat st;
	if (!is_new(m, arena_printf(m->arena, "%s/", path)))
		return;
	if (stat(path, &st) != 0)
		strbuf_addf(&m->text, "D gone %s\n", path);
	else
		strbuf_addf(&m->text, "D %s %s\n", stamp(m->arena, &st), path);
}

/* One line without its end, split at blanks; the path may have some. */
struct line {
	char kind;
	const char *stamp, *hash, *path;
};

static bool split(struct arena *a, const char *s, size_t n, struct line *out)
{
	char *text = arena_strndup(a, s, n);
	char *stamp = n > 2 ? text + 2 : NULL, *next = stamp ? strchr(stamp, ' ') : NULL;
	if (!next || (text[0] != 'F' && text[0] != 'D'))
		return false;
	*next++ = '\0';
	*out = (struct line){.kind = text[0], .stamp = stamp, .hash = "", .path = next};
	if (out->kind == 'F') {
		char *path = strchr(next, ' ');
		if (!path)
			return false;
		*path++ = '\0';
		out->hash = next;
		out->path = path;
	}
	return true;
}

static bool holds(struct arena *a, const struct line *l, bool *is_touched)
{
	struct stat st;
	bool is_there = stat(l->path, &st) == 0;
	if (l->kind == 'D')
		return str_eq(l->stamp, is_there ? stamp(a, &st) : "gone");
	if (!is_there)
		return false;
	if (str_eq(l->stamp, stamp(a, &st)))
		return true;
	*is_touched = true;
	return str_eq(l->hash, cache_hash_file(a, l->path));
}

bool manifest_holds(struct arena *scratch, const char *lines, bool *is_touched)
{
	*is_touched = false;
	for (const char *at = lines; *at && *at != '\n'; at++) {
		size_t n = strcspn(at, "\n");
		struct line l;
		if (!split(scratch, at, n, &l) || !holds(scratch, &l, is_touched))
			return false;
		at += n;
		if (!*at)
			return false;
	}
	return true;
}

const char *manifest_again(struct arena *a, const char *lines)
{
	struct manifest m;
	manifest_init(&m, a);
	for (const char *at = lines; *at && *at != '\n'; at++) {
		size_t n = strcspn(at, "\n");
		struct line l;
		if (!split(a, at, n, &l))
			return NULL;
		if (l.kind == 'F')
			manifest_add_file(&m, l.path, l.hash);
		else
			manifest_add_dir(&m, l.path);
		at += n;
	}
	return m.is_unsure ? NULL : strbuf_str(&m.text);
}
