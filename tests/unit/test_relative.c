/* Facts without the place of the checkout. */
#include "engine/relative.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void words_lose_the_root(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {{"-I/project/include", "-I\1/include"},
		{"/project/src/a.c", "\1/src/a.c"}, {"-I/project", "-I\1"}, {"/project", "\1"},
		{"-fmacro-prefix-map=/project/a=/project/b", "-fmacro-prefix-map=\1/a=\1/b"},
		/* other places that only look the same */
		{"-I/home/project/include", "-I/home/project/include"},
		{"/usr/project", "/usr/project"}, {"-I/projects/x", "-I/projects/x"},
		{"-Iinclude", "-Iinclude"}, {"", ""}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(relative_word(&arena, "/project", pairs[i][0]), pairs[i][1]);
	assert_string_equal(relative_word(&arena, "/", "/project/a.c"), "/project/a.c");
}

static void units_lose_the_root(void **state)
{
	(void)state;
	struct ir_op op = {.sym = "/project/a.c is __FILE__",
		.link = "c:a.c@F@helper@/project/src/a.c",
		.type = "struct (unnamed at /project/src/a.c:3:1)"};
	struct ir_op other = {.sym = "", .link = "x@/opt/project/a.c", .type = "int"};
	struct ir_op ops[] = {op, other};
	struct ir_func f = {.name = "f",
		.link = op.link,
		.ret = "",
		.parent = "",
		.incomplete = "",
		.nr_ops = 2,
		.ops = ops};
	struct ir_file files[] = {{.path = "/project/src/a.c"}, {.path = "/usr/include/a.h"}};
	struct ir_unit unit = {.main_file = "/project/src/a.c",
		.nr_files = 2,
		.files = files,
		.nr_funcs = 1,
		.funcs = &f};
	relative_unit(&arena, "/project", &unit);
	assert_string_equal(unit.main_file, "src/a.c");
	assert_string_equal(files[0].path, "src/a.c");
	assert_string_equal(files[1].path, "/usr/include/a.h");
	assert_string_equal(f.link, "c:a.c@F@helper@src/a.c");
	assert_string_equal(ops[0].link, f.link);
	assert_string_equal(ops[0].sym, "a.c is __FILE__");
	assert_string_equal(ops[0].type, "struct (unnamed at src/a.c:3:1)");
	assert_string_equal(ops[1].link, "x@/opt/project/a.c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_lose_the_root),
		cmocka_unit_test(units_lose_the_root),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
