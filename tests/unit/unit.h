/* What every unit test needs: an arena, a directory of its own, a filter from the command line. */
#ifndef OTEL_TIDY_TESTS_UNIT_H
#define OTEL_TIDY_TESTS_UNIT_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct unit {
	struct arena arena;
	const char *dir; /* absolute, without symbolic links; removed afterwards */
};

/* Setup and teardown of one test; the test's *state is its struct unit. */
int unit_setup(void **state);
int unit_teardown(void **state);
#define unit_test_with_dir(f) cmocka_unit_test_setup_teardown(f, unit_setup, unit_teardown)

/* Writes `name` below the directory, folders included; the absolute path. */
const char *unit_file(struct unit *u, const char *name, const char *text);
/* Sets the time of change of a file, in seconds. */
void unit_touch(const char *path, long seconds);

/* Fails with both texts when `part` is not in `text`. */
void assert_contains(const char *text, const char *part);

/* program [PATTERN]: only the tests whose names match it. */
void unit_filter(int argc, char **argv);

#endif
