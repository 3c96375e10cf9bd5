/* Locating: where compile_commands.json is, upward and in the usual build folders. */
#include "project/database.h"

#include "base/path.h"
#include "base/str.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define NAME "compile_commands.json"
#define HOW                                                                                        \
	"run cmake with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or bear -- make, or give flags: "      \
	"otel-tidy check FILE -- -Iinclude"

struct candidate {
	const char *path;
	struct timespec changed;
};

static bool is_build_folder(const char *name)
{
	return str_has_prefix(name, "build") || str_has_prefix(name, "out") ||
	       str_has_prefix(name, "cmake-build-");
}

static int compare_time(const struct timespec *x, const struct timespec *y)
{
	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return x->tv_nsec < y->tv_nsec ? -1 : x->tv_nsec > y->tv_nsec;
}

/* The newest database in the build folders of `dir`. Two of the same age: NULL with `error`. */
static const char *find_in_folders(
	struct arena *a, const char *dir, const char **unreadable, const char **error)
{
	size_t nr = 0;
	char **names = dir_list(a, dir, &nr);
	if (!names) {
		if (!*unreadable)
			*unreadable = arena_printf(a, " (%s: %s)", dir, strerror(errno));
		return NULL;
	}
	struct candidate best = {0};
	const char *rival = NULL;
	for (size_t i = 0; i < nr; i++) {
		struct stat st;
		const char *path = path_join(a, dir, arena_printf(a, "%s/" NAME, names[i]));
		if (!is_build_folder(names[i]) || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
			continue;
		int order = best.path ? compare_time(&st.st_mtim, &best.changed) : 1;
		if (order == 0)
			rival = path;
		if (order > 0) {
			best = (struct candidate){path, st.st_mtim};
			rival = NULL;
		}
	}
	if (!rival)
		return best.path;
	*error = arena_printf(a, "%s and %s are equally new; name one with -p", best.path, rival);
	return NULL;
}

static const char *find_named(struct arena *a, const char *dir, const char **error)
{
	const char *path = path_join(a, path_cwd(a), dir);
	if (dir_exists(path)) {
		const char *inside = path_join(a, path, NAME);
		if (file_exists(inside))
			return inside;
		*error = errno == EACCES ? arena_printf(a, "%s: %s; name another folder with -p",
						   inside, strerror(errno))
					 : arena_printf(a, "no " NAME " in %s; " HOW, path);
		return NULL;
	}
	if (file_exists(path))
		return path;
	*error = arena_printf(a, "%s: %s; name another folder with -p", path, strerror(errno));
	return NULL;
}

const char *database_find(struct arena *a, const char *dir, bool is_named, const char **error)
{
	*error = NULL;
	if (is_named)
		return find_named(a, dir, error);
	const char *start = path_join(a, path_cwd(a), dir), *unreadable = NULL;
	for (const char *at = start;; at = path_dirname(a, at)) {
		const char *path = path_join(a, at, NAME);
		if (file_exists(path))
			return path;
		path = find_in_folders(a, at, &unreadable, error);
		if (path || *error)
			return path;
		if (str_eq(at, "/"))
			break;
	}
	*error = arena_printf(
		a, "no " NAME " found in %s or above%s; " HOW, start, unreadable ? unreadable : "");
	return NULL;
}
