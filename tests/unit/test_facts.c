/* Facts: what is written is read again, and no bytes whatever do harm. */
#include "unit.h"

#include "base/hash.h"
#include "facts/facts.h"
#include "ir/builder.h"
#include "ir/dump.h"
#include "ir/validate.h"

#include <string.h>

#define HEAD (sizeof("otel-tidy facts 1\n") - 1)

static struct ir_loc at(uint32_t line)
{
	return (struct ir_loc){.file = 0, .line = line, .col = 2, .end_col = 9};
}

/* int f(int n) { if (n) g("text"); return n; } */
static void build_func(struct arena *a, struct ir_func *f)
{
	*f = (struct ir_func){.name = "ns::f",
		.link = "c:@F@f",
		.ret = "int",
		.parent = "",
		.incomplete = "",
		.nr_params = 1,
		.loc = at(1),
		.end_line = 5,
		.nr_stmts = 3};
	static const char *notes[] = {"otel-tidy:not-trivial"};
	f->notes = notes;
	f->nr_notes = 1;
	struct ir_builder *b = ir_builder_new(a, a, f);
	uint32_t n =
		ir_build_var(b, (struct ir_var){.name = "n", .type = "int", .flags = IR_VAR_PARAM});
	uint32_t yes = ir_build_block(b), out = ir_build_block(b);
	ir_value addr =
		ir_build(b, (struct ir_op){.kind = IR_VAR, .var = n, .loc = at(2)}, NULL, 0);
	ir_value value = ir_build(b, (struct ir_op){.kind = IR_LOAD, .loc = at(2)}, &addr, 1);
	struct ir_edge edges[] = {{.block = yes}, {.block = out}};
	ir_build_end(b, (struct ir_op){.kind = IR_BRANCH, .loc = at(2)}, value, edges, 2);
	ir_build_at(b, yes);
	ir_value text = ir_build(b,
		(struct ir_op){.kind = IR_CONST, .sub = IR_LIT_STRING, .sym = "text", .loc = at(3)},
		NULL, 0);
	ir_build(b, (struct ir_op){.kind = IR_CALL, .sym = "g", .link = "c:@F@g", .loc = at(3)},
		&text, 1);
	ir_build_jump(b, out, at(3));
	ir_build_at(b, out);
	ir_build_end(b, (struct ir_op){.kind = IR_RETURN, .loc = at(4)}, value, NULL, 0);
	ir_build_finish(b, at(5));
}

static struct strbuf written(struct arena *a)
{
	static struct ir_func funcs[1];
	static struct ir_file files[] = {{.path = "src/f.c", .hash = "00"}};
	static struct ir_comment comments[] = {{.loc = {.line = 3},
		.text = "allow(span-leak) reason: x",
		.alone = true,
		.target = 4}};
	static struct ir_problem problems[] = {
		{.loc = {.line = 2}, .text = "'x.h' file not found"}};
	build_func(a, &funcs[0]);
	struct ir_unit unit = {.main_file = "src/f.c",
		.files = files,
		.nr_files = 1,
		.funcs = funcs,
		.nr_funcs = 1,
		.comments = comments,
		.nr_comments = 1,
		.problems = problems,
		.nr_problems = 1};
	struct strbuf out;
	strbuf_init(&out, a);
	facts_write(&out, &unit);
	return out;
}

static const char *dump(struct arena *a, const struct ir_unit *u)
{
	struct strbuf out;
	strbuf_init(&out, a);
	ir_dump_facts(&out, u);
	ir_dump_unit(&out, u);
	return strbuf_str(&out);
}

static bool read_back(struct arena *a, const char *bytes, size_t n, struct ir_unit *u)
{
	struct intern strings;
	const char *error = NULL;
	intern_init(&strings, a);
	bool ok = facts_read(a, &strings, bytes, n, u, &error);
	assert_true(ok || (error && error[0]));
	return ok;
}

static void test_round_trip(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	struct strbuf out = written(&a);
	struct ir_unit u;
	assert_true(read_back(&a, out.s, out.len, &u));
	assert_int_equal(u.nr_funcs, 1);
	assert_true(ir_func_is_valid(&u.funcs[0]));
	assert_string_equal(u.funcs[0].notes[0], "otel-tidy:not-trivial");
	assert_int_equal(u.funcs[0].nr_blocks, 3);
	const char *first = dump(&a, &u);
	assert_non_null(strstr(first, "call g"));
	assert_non_null(strstr(first, "'x.h' file not found"));
	struct strbuf again;
	strbuf_init(&again, &a);
	facts_write(&again, &u);
	assert_int_equal(again.len, out.len);
	assert_memory_equal(again.s, out.s, out.len);
	arena_fini(&a);
}

static void test_cut_short(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	struct strbuf out = written(&a);
	for (size_t n = 0; n < out.len; n++) {
		struct ir_unit u;
		assert_false(read_back(&a, out.s, n, &u));
	}
	arena_fini(&a);
}

/* Bytes that were damaged on purpose, with a checksum that fits: each is refused, or is a unit that
 * can be used. */
static void test_hostile(void **state)
{
	struct arena a;
	uint64_t seed = 42;
	(void)state;
	arena_init(&a);
	struct strbuf out = written(&a);
	char *bytes = arena_strndup(&a, out.s, out.len);
	for (int round = 0; round < 20000; round++) {
		struct arena scratch;
		arena_init(&scratch);
		memcpy(bytes, out.s, out.len);
		for (int k = 0; k < 1 + round % 3; k++) {
			seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
			bytes[HEAD + 8 + (seed >> 33) % (out.len - HEAD - 8)] = (char)(seed >> 20);
		}
		uint64_t sum = hash_bytes(bytes + HEAD + 8, out.len - HEAD - 8);
		for (int i = 0; i < 8; i++)
			bytes[HEAD + (size_t)i] = (char)(sum >> (8 * i));
		struct ir_unit u;
		if (read_back(&scratch, bytes, out.len, &u))
			assert_non_null(dump(&scratch, &u));
		arena_fini(&scratch);
	}
	arena_fini(&a);
}

int main(int argc, char **argv)
{
	unit_filter(argc, argv);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
