/* Keeps the cache within its size: what was not used for longest goes first. */
#include "engine/cache.h"

#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of facts or of a run, or a whole tree of an older revision. */
struct piece {
	const char *path;
	unsigned long long bytes;
	struct timespec used;
	bool is_tree;
};

struct pieces {
	struct arena *arena;
	VEC(struct piece) all;
	unsigned long long bytes;
};

static void add_piece(struct pieces *p, struct piece piece)
{
	p->bytes += piece.bytes;
	vec_push(p->arena, &p->all, piece);
}

/* nftw has no context of its own */
static unsigned long long tree_bytes;

static int count_one(const char *path, const struct stat *s, int type, struct FTW *at)
{
	(void)path, (void)type, (void)at;
	tree_bytes += (unsigned long long)s->st_size;
	return 0;
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *at)
{
	(void)s, (void)type, (void)at;
	return remove(path) && false;
}

static void add_dir(struct pieces *p, const char *dir, unsigned depth, bool is_tree)
{
	size_t nr = 0;
	char **names = dir_list(p->arena, dir, &nr);
	for (size_t i = 0; names && i < nr; i++) {
		struct stat st;
		const char *path = path_join(p->arena, dir, names[i]);
		if (lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth) {
			add_dir(p, path, depth - 1, is_tree);
			continue;
		}
		tree_bytes = (unsigned long long)st.st_size;
		if (S_ISDIR(st.st_mode) && is_tree) {
			tree_bytes = 0;
			nftw(path, count_one, 16, FTW_PHYS);
		} else if (!S_ISREG(st.st_mode)) {
			continue;
		}
		add_piece(p, (struct piece){path, tree_bytes, st.st_mtim, S_ISDIR(st.st_mode)});
	}
}

static int compare_pieces(const void *x, const void *y)
{
	const struct piece *a = x, *b = y;
	if (a->used.tv_sec != b->used.tv_sec)
		return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
	return (a->used.tv_nsec > b->used.tv_nsec) - (a->used.tv_nsec < b->used.tv_nsec);
}

void cache_shrink(const char *dir, unsigned long long limit)
{
	struct arena scratch;
	arena_init(&scratch);
	struct pieces p = {.arena = &scratch};
	add_dir(&p, path_join(&scratch, dir, "facts-1"), 1, false); /* of earlier versions */
	add_dir(&p, path_join(&scratch, dir, "facts-2"), 1, false);
	add_dir(&p, path_join(&scratch, dir, "runs"), 0, false);
	add_dir(&p, path_join(&scratch, dir, "trees"), 0, true);
	if (p.bytes > limit && p.all.nr)
		qsort(p.all.at, p.all.nr, sizeof(*p.all.at), compare_pieces);
	/* a little more than needed, so that the next run does not begin again; never the newest */
	bool is_over = p.bytes > limit;
	for (size_t i = 0; is_over && p.bytes > limit - limit / 10 && i + 1 < p.all.nr; i++) {
		if (p.all.at[i].is_tree)
			nftw(p.all.at[i].path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
		else
			unlink(p.all.at[i].path);
		p.bytes -= p.all.at[i].bytes;
	}
	arena_fini(&scratch);
}
