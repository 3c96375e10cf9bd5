/* Compile database: finding it, reading it, its errors; damaged ones; the toolchain's headers. */
#include "unit.h"

#include "base/path.h"
#include "base/str.h"
#include "project/database.h"
#include "project/toolchain.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENTRY "[{\"directory\": \"/w\", \"file\": \"a.c\", \"command\": \"cc -c a.c\"}]"

static struct database read_ok(struct unit *u, const char *text)
{
	struct database db;
	const char *error = NULL;
	const char *path = unit_file(u, "compile_commands.json", text);
	if (!database_read(&u->arena, path, &db, &error))
		fail_msg("%s", error);
	return db;
}

static void read_fails(struct unit *u, const char *text, const char *where, const char *part)
{
	struct database db;
	const char *error = NULL;
	const char *path = unit_file(u, "compile_commands.json", text);
	if (database_read(&u->arena, path, &db, &error))
		fail_msg("was accepted: %s", text);
	const char *place = arena_printf(&u->arena, "%s:%s", path, where);
	if (!str_has_prefix(error, place))
		fail_msg("\"%s\" does not begin with \"%s\"", error, place);
	assert_contains(error, part);
	assert_contains(error, "; "); /* the next step */
	assert_null(strchr(error, '\n'));
}

static void test_both_forms(void **state)
{
	struct unit *u = *state;
	struct database db = read_ok(u,
		"[\n"
		"{\"directory\": \"/w\", \"file\": \"src/a.c\", \"output\": \"a.o\",\n"
		" \"command\": \"ccache gcc -I inc '-DX=\\\"y z\\\"' -Wall -c src/a.c -o a.o\"},\n"
		"{\"directory\": \"sub\", \"file\": \"/w/b.cc\",\n"
		" \"arguments\": [\"/usr/bin/c++\", \"-Iinc dir\", \"-O2\", \"-c\", "
		"\"/w/b.cc\"]},\n"
		"{\"file\": \"c.c\", \"command\": \"cd d && cc -Ii -c c.c && touch x\"}\n]\n");
	assert_int_equal(db.units.nr, 3);
	assert_int_equal(db.notes.nr, 0);
	const struct compile_unit *a = &db.units.at[0], *b = &db.units.at[1], *c = &db.units.at[2];
	assert_string_equal(a->file, "/w/src/a.c");
	assert_string_equal(a->directory, "/w");
	assert_int_equal(a->nr_args, 2);
	assert_string_equal(a->args[0], "-I/w/inc");
	assert_string_equal(a->args[1], "-DX=\"y z\"");
	assert_false(a->is_cxx);
	/* a relative directory counts from the database's */
	assert_string_equal(b->directory, path_join(&u->arena, u->dir, "sub"));
	assert_int_equal(b->nr_args, 2);
	assert_string_equal(b->args[0], arena_printf(&u->arena, "-I%s/sub/inc dir", u->dir));
	assert_string_equal(b->args[1], "-O2");
	assert_true(b->is_cxx);
	assert_string_equal(c->file, path_join(&u->arena, u->dir, "d/c.c"));
	assert_string_equal(c->args[0], arena_printf(&u->arena, "-I%s/d/i", u->dir));
}

static void test_passed_over(void **state)
{
	struct unit *u = *state;
	struct database db = read_ok(u,
		"[\n"
		"{\"directory\": \"/w\", \"file\": \"a.c\", \"command\": \"cc -DONE -c a.c\"},\n"
		"{\"directory\": \"/w/x\", \"file\": \"../a.c\", \"command\": \"cc -DTWO -c "
		"a.c\"},\n"
		"{\"directory\": \"/w\", \"file\": \"a.h\", \"command\": \"cc -c a.h\"},\n"
		"{\"directory\": \"/w\", \"file\": \"b.S\", \"command\": \"cc -c b.S\"},\n"
		"{\"directory\": \"/w\", \"file\": \"c.c\", \"command\": \"cl.exe /c c.c\"},\n"
		"{\"directory\": \"/w\", \"file\": \"d.c\", \"command\": \"clang-cl /c d.c\"},\n"
		"{\"directory\": \"/w\", \"file\": \"e.c\", \"command\": \"cc @gone.rsp e.c\"},\n"
		"{\"directory\": \"/w\", \"file\": \"f.c\", \"command\": \"cc 'f.c\"},\n"
		"{\"directory\": \"/w\", \"file\": \"g.c\", \"command\": \" && ; \"}]\n");
	static const char *const notes[] = {":3: ../a.c: listed again, the entry of line 2 counts",
		":4: a.h: a header, passed over", ":5: b.S: assembler, passed over",
		":6: c.c: built with cl.exe (a compiler with MSVC options), passed over",
		":7: d.c: built with clang-cl (a compiler with MSVC options), passed over",
		":8: e.c: response file /w/gone.rsp: No such file or directory, left out",
		":9: f.c: a quote in its command is not closed",
		":10: g.c: no command in its \"command\", passed over"};
	assert_int_equal(db.units.nr, 3);
	assert_string_equal(db.units.at[0].args[0], "-DONE");
	assert_string_equal(db.units.at[1].file, "/w/e.c");
	assert_string_equal(db.units.at[2].file, "/w/f.c");
	assert_int_equal(db.notes.nr, sizeof(notes) / sizeof(*notes));
	for (size_t i = 0; i < db.notes.nr; i++) {
		assert_true(str_has_prefix(db.notes.at[i], db.path));
		assert_true(str_has_suffix(db.notes.at[i], notes[i]));
	}
}

static void test_read_errors(void **state)
{
	struct unit *u = *state;
	read_fails(u, "", " ", "the file is empty");
	read_fails(u, "\n\n", "3: ", "the text is empty");
	read_fails(u, "[]", "1: ", "the list has no entries");
	read_fails(u, "\n{}", "2: ", "not a list of entries");
	read_fails(u, "[\n{\"file\": \"a.c\", \"command\": \"cc", "2: ", "ends inside a string");
	read_fails(u, "[\n\n3]", "3: ", "an entry is not an object");
	read_fails(u, "[\n{\"command\": \"cc\"}]", "2: ", "an entry has no \"file\"");
	read_fails(u, "[{\"file\":\n3}]", "2: ", "\"file\" is not the name of a file");
	read_fails(u, "[{\"file\":\"\"}]", "1: ", "\"file\" is not the name of a file");
	read_fails(u, "[\n{\"file\": \"a.c\"}]", "2: ", "neither \"command\" nor \"arguments\"");
	read_fails(
		u, "[{\"file\": \"a.c\", \"command\": 1}]", "1: ", "\"command\" is not a string");
	read_fails(u, "[{\"file\": \"a.c\", \"command\": \" \"}]", "1: ", "\"command\" is empty");
	read_fails(u, "[{\"file\": \"a.c\", \"arguments\": []}]", "1: ", "\"arguments\" is empty");
	read_fails(
		u, "[{\"file\": \"a.c\", \"arguments\": [\"cc\", 1]}]", "1: ", "list of strings");
	read_fails(u, "[{\"file\": \"a.c\", \"arguments\": \"cc\"}]", "1: ", "list of strings");
	read_fails(u, "[{\"file\": \"a.c\", \"directory\":\n[], \"command\": \"cc\"}]",
		"2: ", "\"directory\" is not a string");
	struct database db;
	const char *error = NULL;
	const char *path = path_join(&u->arena, u->dir, "none.json");
	assert_false(database_read(&u->arena, path, &db, &error));
	assert_contains(error, "none.json: No such file or directory; ");
	assert_false(database_read(&u->arena, u->dir, &db, &error));
	assert_contains(error, "Is a directory; ");
	assert_true(file_write(path, "[\0]", 3));
	assert_false(database_read(&u->arena, path, &db, &error));
	assert_contains(error, "NUL byte");
	/* a hole in the file system: it says 513 MiB and takes no room */
	assert_int_equal(truncate(path, (off_t)513 << 20), 0);
	assert_false(database_read(&u->arena, path, &db, &error));
	assert_contains(error, "none.json: larger than 512 MiB; ");
}

static void found(struct unit *u, const char *from, const char *want)
{
	const char *error = NULL, *dir = path_join(&u->arena, u->dir, from);
	const char *path = database_find(&u->arena, dir, false, &error);
	if (!path)
		fail_msg("%s", error);
	assert_null(error);
	assert_string_equal(path_relative(&u->arena, u->dir, path), want);
}

static void test_find(void **state)
{
	struct unit *u = *state;
	assert_true(dir_make(path_join(&u->arena, u->dir, "p/src/deep")));
	unit_touch(unit_file(u, "p/outer/compile_commands.json", ENTRY), 9000);
	unit_touch(unit_file(u, "p/cmake-build-debug/compile_commands.json", ENTRY), 1000);
	unit_touch(unit_file(u, "p/other/compile_commands.json", ENTRY), 99000);
	found(u, "p/src/deep", "p/outer/compile_commands.json");
	const char *build = unit_file(u, "p/build-x/compile_commands.json", ENTRY);
	unit_touch(build, 10000);
	found(u, "p/src/deep", "p/build-x/compile_commands.json");
	/* two that are equally new: ask */
	unit_touch(unit_file(u, "p/build/compile_commands.json", ENTRY), 10000);
	const char *error = NULL;
	assert_null(database_find(&u->arena, path_join(&u->arena, u->dir, "p"), false, &error));
	assert_contains(error, "p/build/compile_commands.json and ");
	assert_contains(error, "p/build-x/compile_commands.json are equally new; name one with -p");
	/* one in the folder itself comes first, a nearer folder before a farther one */
	unit_file(u, "p/compile_commands.json", ENTRY);
	found(u, "p/src/deep", "p/compile_commands.json");
	unit_file(u, "p/src/out/compile_commands.json", ENTRY);
	found(u, "p/src/deep", "p/src/out/compile_commands.json");
	assert_int_equal(chdir(path_join(&u->arena, u->dir, "p")), 0);
	assert_string_equal(database_find(&u->arena, ".", false, &error),
		path_join(&u->arena, u->dir, "p/compile_commands.json"));
}

static void test_find_named(void **state)
{
	struct unit *u = *state;
	const char *error = NULL;
	const char *path = unit_file(u, "p/sub/compile_commands.json", ENTRY);
	const char *dir = path_join(&u->arena, u->dir, "p/sub");
	assert_string_equal(database_find(&u->arena, dir, true, &error), path);
	assert_string_equal(database_find(&u->arena, path, true, &error), path);
	/* a named folder is not a place to start from */
	assert_int_equal(chdir(dir), 0);
	assert_null(database_find(&u->arena, "..", true, &error));
	assert_contains(error, "no compile_commands.json in ");
	assert_contains(error, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON");
	assert_null(database_find(&u->arena, "none", true, &error));
	assert_contains(error, "none: No such file or directory; ");
}

static void test_find_none(void **state)
{
	struct unit *u = *state;
	const char *error = NULL;
	/* the folders above belong to somebody else; there may be one */
	if (database_find(&u->arena, path_dirname(&u->arena, u->dir), false, &error))
		skip();
	assert_null(database_find(&u->arena, u->dir, false, &error));
	assert_contains(error,
		arena_printf(&u->arena,
			"no compile_commands.json found in %s or above; run cmake with "
			"-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or bear -- make, or give flags: "
			"otel-tidy check FILE -- -Iinclude",
			u->dir));
}

static void test_unreadable(void **state)
{
	struct unit *u = *state;
	const char *error = NULL;
	struct database db;
	const char *path = unit_file(u, "locked/compile_commands.json", ENTRY);
	const char *dir = path_dirname(&u->arena, path);
	assert_int_equal(chmod(u->dir, 0755), 0);
	assert_int_equal(chmod(dir, 0), 0);
	bool is_root = geteuid() == 0;
	if (is_root)
		assert_int_equal(seteuid(65534), 0);
	const char *named = database_find(&u->arena, dir, true, &error);
	const char *by_name = error;
	bool ok = database_read(&u->arena, path, &db, &error);
	const char *by_read = error;
	const char *upward = database_find(&u->arena, dir, false, &error);
	if (is_root)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_null(named);
	assert_contains(by_name, "Permission denied; ");
	assert_false(ok);
	assert_contains(by_read, "compile_commands.json: Permission denied; ");
	if (!upward)
		assert_contains(error, "locked: Permission denied)");
}

static void test_single(void **state)
{
	struct unit *u = *state;
	struct database db;
	assert_int_equal(chdir(u->dir), 0);
	unit_file(u, "flags.rsp", "-DR");
	const char *const flags[] = {
		"-Iinclude", "-Wall", "-std=c++17", "-x", "c++", "@flags.rsp", "@no"};
	database_single(&u->arena, "src/../a.c", flags, 7, &db);
	assert_string_equal(db.path, "");
	assert_int_equal(db.units.nr, 1);
	assert_int_equal(db.notes.nr, 1);
	const struct compile_unit *unit = &db.units.at[0];
	assert_string_equal(unit->file, path_join(&u->arena, u->dir, "a.c"));
	assert_string_equal(unit->directory, u->dir);
	assert_true(unit->is_cxx);
	assert_int_equal(unit->nr_args, 5);
	assert_string_equal(unit->args[3], arena_printf(&u->arena, "-I%s/include", u->dir));
	assert_string_equal(unit->args[4], "-DR");
	database_single(&u->arena, "x.S", NULL, 0, &db);
	assert_int_equal(db.units.nr, 0);
	assert_string_equal(db.notes.at[0], "x.S: assembler, passed over");
	/* a header that the user names himself is read */
	database_single(&u->arena, "x.hpp", NULL, 0, &db);
	assert_int_equal(db.units.nr, 1);
	assert_true(db.units.at[0].is_cxx);
	assert_string_equal(db.units.at[0].args[1], "c++");
}

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13; /* xorshift64, Marsaglia 2003 */
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* One of: a byte changed, a piece cut out, a piece doubled, a special character put in. */
static size_t mutate(char *text, size_t n, size_t cap, uint64_t *seed)
{
	static const char special[] = "\"\\{}[]:,'@ -=&;\n\t\x80\x01$`0eE.n";
	size_t at = next_random(seed) % n, len = 1 + next_random(seed) % 24;
	if (len > n - at)
		len = n - at;
	switch (next_random(seed) % 4) {
	case 0:
		text[at] = (char)(1 + next_random(seed) % 255);
		return n;
	case 1:
		memmove(text + at, text + at + len, n - at - len);
		return n - len ? n - len : n;
	case 2:
		if (n + len > cap)
			return n;
		memmove(text + at + len, text + at, n - at);
		return n + len;
	default:
		text[at] = special[next_random(seed) % (sizeof(special) - 1)];
		return n;
	}
}

/* Whatever the damage: units or one clear line, and no crash. */
static void test_damaged(void **state)
{
	struct unit *u = *state;
	static const char original[] =
		"[{\"directory\": \"/w\", \"file\": \"src/a.c\", \"command\": "
		"\"env A=1 ccache gcc -I inc '-DX=\\\"y z\\\"' @r.rsp -Wp,-DA,-UB -Xclang -include "
		"-Xclang x.h -std=gnu11 -mavx -c src/a.c -o a.o && true\"},\n"
		"{\"directory\": \"sub\", \"file\": \"/w/b.cc\", \"arguments\": "
		"[\"aarch64-linux-gnu-g++\", "
		"\"-Iinc\", \"-O2\", \"-x\", \"c++\", \"-march=armv8-a\", \"--\", \"/w/b.cc\"]},\n"
		"{\"directory\": \"/w\", \"file\": \"c.S\", \"command\": \"cc c.S\", \"n\": "
		"-1.5e3}]\n";
	char text[2 * sizeof(original)];
	uint64_t seed = 0x5eed;
	unsigned nr_read = 0, nr_failed = 0;
	unit_file(u, "r.rsp", "-DR");
	struct arena a;
	arena_init(&a);
	for (int i = 0; i < 2000; i++) {
		size_t n = sizeof(original) - 1;
		memcpy(text, original, n);
		for (uint64_t k = next_random(&seed) % 4 + 1; k > 0; k--)
			n = mutate(text, n, sizeof(text) - 1, &seed);
		const char *path = path_join(&a, u->dir, "compile_commands.json");
		assert_true(file_write(path, text, n));
		struct database db;
		const char *error = NULL;
		if (database_read(&a, path, &db, &error)) {
			nr_read++;
			for (size_t k = 0; k < db.units.nr; k++) {
				assert_int_equal(db.units.at[k].file[0], '/');
				assert_int_equal(db.units.at[k].directory[0], '/');
			}
		} else {
			nr_failed++;
			assert_true(str_has_prefix(error, path));
			assert_null(strchr(error, '\n'));
		}
		arena_reset(&a);
	}
	arena_fini(&a);
	/* the mutations are worth something: many of both kinds */
	assert_true(nr_read > 200);
	assert_true(nr_failed > 200);
}

static void test_resource_dir(void **state)
{
	struct unit *u = *state;
	struct arena *a = &u->arena;
	unsetenv("OTEL_TIDY_RESOURCE_DIR");
	unit_file(u, "llvm/lib/libclang.so.77", "");
	const char *library = path_join(a, u->dir, "llvm/lib/libclang.so.77");
	/* there is no such version: whatever stands in for it has the header */
	const char *other = toolchain_resource_dir(a, library, 77);
	assert_true(!other || file_exists(path_join(a, other, "include/stddef.h")));
	unit_file(u, "llvm/lib/clang/77.1.2/include/stddef.h", "");
	assert_string_equal(toolchain_resource_dir(a, library, 77),
		path_join(a, u->dir, "llvm/lib/clang/77.1.2"));
	unit_file(u, "llvm/lib/clang/77/include/stddef.h", "");
	const char *want = path_join(a, u->dir, "llvm/lib/clang/77");
	assert_string_equal(toolchain_resource_dir(a, library, 77), want);
	other = toolchain_resource_dir(a, library, 7);
	assert_true(!other || !path_is_inside(u->dir, other));
	/* through a symbolic link elsewhere */
	const char *link_path = path_join(a, u->dir, "libclang-77.so");
	assert_int_equal(symlink(library, link_path), 0);
	assert_string_equal(toolchain_resource_dir(a, link_path, 77), want);
	const char *named =
		path_dirname(a, path_dirname(a, unit_file(u, "n/include/stddef.h", "")));
	setenv("OTEL_TIDY_RESOURCE_DIR", named, 1);
	assert_string_equal(toolchain_resource_dir(a, library, 77), named);
	setenv("OTEL_TIDY_RESOURCE_DIR", "/none", 1);
	assert_string_equal(toolchain_resource_dir(a, library, 77), want);
	unsetenv("OTEL_TIDY_RESOURCE_DIR");
	/* a bare name says nothing about a place, not even that it is the current directory */
	assert_int_equal(chdir(path_join(a, u->dir, "llvm/lib")), 0);
	other = toolchain_resource_dir(a, "libclang.so.77", 77);
	assert_true(!other || !path_is_inside(u->dir, other));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_both_forms),
		unit_test_with_dir(test_passed_over),
		unit_test_with_dir(test_read_errors),
		unit_test_with_dir(test_find),
		unit_test_with_dir(test_find_named),
		unit_test_with_dir(test_find_none),
		unit_test_with_dir(test_unreadable),
		unit_test_with_dir(test_single),
		unit_test_with_dir(test_damaged),
		unit_test_with_dir(test_resource_dir),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("database", tests, NULL, NULL);
}
