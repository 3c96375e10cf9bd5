/* Base: arena, vectors, strings, maps, paths, files, hashes. */
#include "unit.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_arena(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	for (size_t size = 0; size < 70000; size = size * 3 + 1) {
		unsigned char *p = arena_alloc(a, size);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, size);
	}
	assert_string_equal(arena_strdup(a, "text"), "text");
	assert_string_equal(arena_strndup(a, "text", 2), "te");
	assert_string_equal(arena_printf(a, "%s-%03d", "x", 7), "x-007");
	char *big = arena_alloc(a, 10u << 20);
	big[(10u << 20) - 1] = 1;
}

static void test_arena_grow(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	char *p = arena_alloc(&a, 8);
	memcpy(p, "1234567", 8);
	char *q = arena_grow(&a, p, 8, 64);
	assert_ptr_equal(p, q); /* the newest one grows in place */
	assert_string_equal(q, "1234567");
	assert_int_equal(q[63], 0);
	arena_alloc(&a, 1);
	char *r = arena_grow(&a, q, 64, 128);
	assert_ptr_not_equal(q, r);
	assert_string_equal(r, "1234567");
	assert_int_equal(r[127], 0);
	assert_non_null(arena_grow(&a, NULL, 0, 16));
	/* a reset keeps the memory and clears what is handed out again */
	memset(arena_alloc(&a, 1000), 0xff, 1000);
	arena_reset(&a);
	assert_int_equal(a.used, 0);
	unsigned char *z = arena_alloc(&a, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(z[i], 0);
	arena_fini(&a);
	assert_null(a.head);
	arena_fini(&a);
}

static void test_vec(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	VEC(int) v = {0};
	for (int i = 0; i < 1000; i++)
		vec_push(a, &v, i);
	assert_int_equal(v.nr, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v.at[i], i);
}

static void test_strbuf(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	struct strbuf b;
	strbuf_init(&b, a);
	assert_string_equal(strbuf_str(&b), "");
	strbuf_addc(&b, 'a');
	strbuf_add(&b, "bc");
	strbuf_addf(&b, "%d", 12);
	assert_string_equal(strbuf_str(&b), "abc12");
	char *wide = arena_printf(a, "%0500d", 1);
	strbuf_addf(&b, "%s", wide);
	assert_int_equal(b.len, 505);
	strbuf_addn(&b, "\0x", 2);
	assert_int_equal(b.len, 507);
	assert_int_equal(b.s[506], 'x');
}

static void test_str(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq(NULL, "a"));
	assert_true(str_eq("a", "a"));
	assert_true(str_has_prefix("abc", "ab"));
	assert_false(str_has_prefix("a", "ab"));
	assert_true(str_has_suffix("abc", "bc"));
	assert_false(str_has_suffix("c", "bc"));
	assert_true(str_glob("*", ""));
	assert_true(str_glob("a*c?e", "abbbcde"));
	assert_true(str_glob("*ab*ab", "xabxabab"));
	assert_false(str_glob("a?", "a"));
	assert_false(str_glob("a*b", "abc"));
	assert_true(str_glob("third_party/*", "third_party/x/y.c"));
}

static void test_str_one_line(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	assert_string_equal(str_one_line(a, "a\nb\tc\x7f\xc3\xa4"), "a?b?c?\xc3\xa4");
	assert_string_equal(str_one_line(a, ""), "");
}

static void test_str_nearest(void **state)
{
	(void)state;
	static const char *const names[] = {"span-leak", "span-in-loop", "trivial-span"};
	assert_string_equal(str_nearest("span-laek", names, 3), "span-leak");
	assert_string_equal(str_nearest("SPAN-LEAK", names, 3), "span-leak");
	assert_string_equal(str_nearest("trivialspan", names, 3), "trivial-span");
	assert_null(str_nearest("banana", names, 3));
	assert_null(str_nearest("x", names, 0));
	char longer[300];
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_null(str_nearest(longer, names, 3));
}

static void test_map(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	struct map m;
	map_init(&m, a);
	assert_null(map_get(&m, "x"));
	static int values[2000];
	for (int i = 0; i < 2000; i++)
		map_put(&m, arena_printf(a, "key%d", i), &values[i]);
	map_put(&m, "key7", &values[8]);
	assert_int_equal(m.nr, 2000);
	assert_ptr_equal(map_get(&m, "key7"), &values[8]);
	assert_ptr_equal(map_get(&m, "key1999"), &values[1999]);
	assert_false(map_has(&m, "key2000"));
	assert_false(map_has(&m, ""));
	for (int i = 0; i < 2000; i++)
		assert_string_equal(m.at[i].key, arena_printf(a, "key%d", i));
	*map_slot(&m, "") = &values[1];
	assert_ptr_equal(map_get(&m, ""), &values[1]);
	assert_null(*map_slot(&m, "new"));
	assert_true(map_has(&m, "new"));
}

static void test_intern(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	struct intern in;
	intern_init(&in, a);
	const char *x = intern(&in, "alpha");
	char copy[] = "alphabet";
	assert_ptr_equal(intern_n(&in, copy, 5), x);
	assert_ptr_not_equal(intern(&in, copy), x);
	for (int i = 0; i < 1000; i++)
		intern(&in, arena_printf(a, "%d", i));
	assert_ptr_equal(intern(&in, "alpha"), x);
	assert_ptr_equal(intern(&in, ""), intern_n(&in, "z", 0));
}

static void test_path(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	static const char *const cases[][2] = {{"/a/b/../c", "/a/c"}, {"/../..", "/"},
		{"//a///b/", "/a/b"}, {"./a/.", "a"}, {"a/..", "."}, {"../../a", "../../a"},
		{"a/../../b", "../b"}, {"", "."}, {"/", "/"}, {"a/b/../../../c", "../c"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(path_normalize(a, cases[i][0]), cases[i][1]);
	assert_string_equal(path_join(a, "/x/y", "../z"), "/x/z");
	assert_string_equal(path_join(a, "/x/y", "/z/."), "/z");
	assert_string_equal(path_dirname(a, "/x"), "/");
	assert_string_equal(path_dirname(a, "x"), ".");
	assert_string_equal(path_dirname(a, "/x/y"), "/x");
	assert_string_equal(path_basename("/x/y.c"), "y.c");
	assert_string_equal(path_basename("y.c"), "y.c");
	assert_string_equal(path_relative(a, "/x", "/x/y/z"), "y/z");
	assert_string_equal(path_relative(a, "/x", "/xy/z"), "/xy/z");
	assert_string_equal(path_relative(a, "/x", "/x"), ".");
	assert_string_equal(path_relative(a, "/", "/x"), "x");
	assert_true(path_is_inside("/", "/x"));
	assert_false(path_is_inside("/x", "/xy"));
}

/* A pipe that is named as an output gets the bytes, and is still a pipe. */
static void test_write_to_pipe(void **state)
{
	struct unit *u = *state;
	struct stat st;
	char got[8] = "";
	const char *path = path_join(&u->arena, u->dir, "pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	int fd = open(path, O_RDWR | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_true(file_write(path, "bytes", 5));
	assert_int_equal(read(fd, got, sizeof(got)), 5);
	assert_string_equal(got, "bytes");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	close(fd);
}

static void test_files(void **state)
{
	struct unit *u = *state;
	struct arena *a = &u->arena;
	const char *path = unit_file(u, "sub/dir/f", "12345");
	size_t size = 0;
	assert_string_equal(file_read(a, path, 5, &size), "12345");
	assert_int_equal(size, 5);
	assert_null(file_read(a, path, 4, &size));
	assert_int_equal(errno, EFBIG);
	assert_null(file_read(a, path_join(a, u->dir, "none"), 4, &size));
	assert_int_equal(errno, ENOENT);
	assert_null(file_read(a, u->dir, 4, &size));
	assert_int_equal(errno, EISDIR);
	assert_true(file_exists(path));
	assert_false(file_exists(u->dir));
	assert_true(dir_exists(u->dir));
	assert_false(dir_make(path)); /* a file is in the way */
	assert_false(file_write(path_join(a, path, "x"), "", 0));
	assert_int_equal(errno, ENOTDIR);
	/* no half-written neighbours are left */
	unit_file(u, "sub/dir/B", "");
	unit_file(u, "sub/dir/a", "");
	size_t nr = 0;
	char **names = dir_list(a, path_join(a, u->dir, "sub/dir"), &nr);
	assert_int_equal(nr, 3);
	assert_string_equal(names[0], "B");
	assert_string_equal(names[1], "a");
	assert_string_equal(names[2], "f");
	assert_null(dir_list(a, path, &nr));
	assert_int_equal(errno, ENOTDIR);
}

static void test_file_from_pipe(void **state)
{
	struct unit *u = *state;
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	char *text = arena_alloc(&u->arena, 50001);
	memset(text, 'x', 50000);
	assert_int_equal(write(fds[1], text, 50000), 50000);
	close(fds[1]);
	size_t size = 0;
	const char *got = file_read(
		&u->arena, arena_printf(&u->arena, "/dev/fd/%d", fds[0]), 1u << 20, &size);
	assert_non_null(got);
	assert_int_equal(size, 50000);
	assert_string_equal(got, text);
	close(fds[0]);
}

static const char *hex_of(struct arena *a, const char *x, const char *y)
{
	struct hash128 h;
	char *out = arena_alloc(a, 33);
	hash128_init(&h);
	hash128_add_str(&h, x);
	hash128_add_str(&h, y);
	hash128_hex(&h, out);
	return out;
}

static void test_hash(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	assert_true(hash_bytes("a", 1) != hash_bytes("b", 1));
	assert_true(hash_bytes("", 0) == hash_bytes("x", 0));
	assert_int_equal(strlen(hex_of(a, "a", "b")), 32);
	assert_int_equal(strspn(hex_of(a, "a", "b"), "0123456789abcdef"), 32);
	assert_string_equal(hex_of(a, "a", "b"), hex_of(a, "a", "b"));
	assert_string_not_equal(hex_of(a, "ab", "c"), hex_of(a, "a", "bc"));
	assert_string_equal(hex_of(a, NULL, "b"), hex_of(a, "", "b"));
	/* in one piece or two, and readable at any time */
	struct hash128 h;
	char one[33], two[33];
	hash128_init(&h);
	hash128_add(&h, "hello", 5);
	hash128_hex(&h, one);
	hash128_init(&h);
	hash128_add(&h, "he", 2);
	hash128_hex(&h, two);
	hash128_add(&h, "llo", 3);
	hash128_hex(&h, two);
	assert_string_equal(one, two);
	/* cache keys are kept on disk: the values may not change from one version to the next */
	assert_string_equal(one, "7727c713c86e25e4498f5a65c43bf2e2");
}

/* Every single-bit change of a text must change its hash, and no two may meet. */
static void test_hash_spread(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	struct map seen;
	map_init(&seen, a);
	unsigned char text[64] = {0};
	for (unsigned bit = 0; bit < 512; bit++) {
		struct hash128 h;
		char *hex = arena_alloc(a, 33);
		text[bit / 8] ^= (unsigned char)(1u << bit % 8);
		hash128_init(&h);
		hash128_add(&h, text, sizeof(text));
		hash128_hex(&h, hex);
		assert_false(map_has(&seen, hex));
		map_put(&seen, hex, text);
		text[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_arena),
		unit_test_with_dir(test_arena_grow),
		unit_test_with_dir(test_vec),
		unit_test_with_dir(test_strbuf),
		unit_test_with_dir(test_str),
		unit_test_with_dir(test_str_one_line),
		unit_test_with_dir(test_str_nearest),
		unit_test_with_dir(test_map),
		unit_test_with_dir(test_intern),
		unit_test_with_dir(test_path),
		unit_test_with_dir(test_write_to_pipe),
		unit_test_with_dir(test_files),
		unit_test_with_dir(test_file_from_pipe),
		unit_test_with_dir(test_hash),
		unit_test_with_dir(test_hash_spread),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
