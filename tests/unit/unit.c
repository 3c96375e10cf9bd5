/* Helpers of the unit tests. */
#include "unit.h"

#include "base/path.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int unit_setup(void **state)
{
	static struct unit u;
	const char *tmp = getenv("TMPDIR");
	char real[PATH_MAX];
	arena_init(&u.arena);
	char *dir = arena_printf(&u.arena, "%s/otel-tidy-unit-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(dir) || !realpath(dir, real))
		return -1;
	u.dir = arena_strdup(&u.arena, real);
	*state = &u;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int unit_teardown(void **state)
{
	struct unit *u = *state;
	if (chdir("/") != 0 || nftw(u->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return -1;
	arena_fini(&u->arena);
	return 0;
}

const char *unit_file(struct unit *u, const char *name, const char *text)
{
	const char *path = path_join(&u->arena, u->dir, name);
	if (!dir_make(path_dirname(&u->arena, path)) || !file_write(path, text, strlen(text)))
		fail_msg("%s cannot be written", path);
	return path;
}

void unit_touch(const char *path, long seconds)
{
	struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

void assert_contains(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("\"%s\" is not in \"%s\"", part, text ? text : "(null)");
}

void unit_filter(int argc, char **argv)
{
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
}
