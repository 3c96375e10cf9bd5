/* The texts that <otel-tidy/annotations.h> makes, as clang reads them, and that it is silent and
 * empty elsewhere. Runs the compilers; is skipped where there is none. Run from the root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char program[] = "#include <errno.h>\n"
			      "#include <otel-tidy/annotations.h>\n"
			      "#define KEY \"app.key\"\n"
			      "OTEL_CRITICAL_PATH(\"checkout.place_order\", \"tenant.id\",\n"
			      "	\"user.id|user.hash|enduser.pseudo.id\", \"app.order.id?\")\n"
			      "int several(void);\n"
			      "OTEL_CRITICAL_PATH(\"no keys\")\n"
			      "static inline int none(void) { return 0; }\n"
			      "OTEL_CRITICAL_PATH(\"full\", KEY, \"2\", \"3\", \"4\", \"5\", "
			      "\"6\", \"7\", \"8\", \"9\",\n"
			      "	\"10\", \"11\", \"12\", \"13\", \"14\", \"15\", \"16\")\n"
			      "int all(void);\n"
			      "OTEL_SPAN_TRANSFERS void *transfers(void);\n"
			      "OTEL_SPAN_ENDS(1) void ends(void *span);\n"
			      "OTEL_NOT_TRIVIAL OTEL_HANDLED_ERROR(ENOENT, EAGAIN) int two(void);\n"
			      "OTEL_HANDLED_ERROR(-1) int one(void);\n"
			      "int user(void);\n"
			      "int user(void) { return none(); }\n";

#define PLACE_ORDER                                                                                \
	"otel-tidy:critical-path;checkout.place_order;tenant.id;user.id|user.hash|"                \
	"enduser.pseudo.id;app.order.id?"

static const char *const expected[] = {
	PLACE_ORDER,
	"otel-tidy:critical-path;no keys",
	"otel-tidy:critical-path;full;app.key;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16",
	"otel-tidy:span-transfers",
	"otel-tidy:span-ends;1",
	"otel-tidy:not-trivial",
	"otel-tidy:handled-error;ENOENT,EAGAIN",
	"otel-tidy:handled-error;-1",
};

static char source[] = "/tmp/test_annotations_XXXXXX";

static int write_program(void **state)
{
	(void)state;
	int fd = mkstemp(source);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f)
		return -1;
	fputs(program, f);
	return fclose(f);
}

static int remove_program(void **state)
{
	(void)state;
	return remove(source);
}

static int has_command(const char *name)
{
	char command[128];
	snprintf(command, sizeof(command), "command -v %s >/dev/null 2>&1", name);
	return system(command) == 0;
}

static const char *find_clang(void)
{
	static const char *const names[] = {"clang", "clang-19", "clang-18"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (has_command(names[i]))
			return names[i];
	return NULL;
}

/* Compiles the program with every warning an error; what the compiler says goes to `out`. */
static int compile(const char *compiler, const char *language, const char *more, FILE **out)
{
	char command[512];
	snprintf(command, sizeof(command),
		"%s %s -Wall -Wextra -Wpedantic -Werror -Ianalyzer/include -fsyntax-only %s %s "
		"2>&1",
		compiler, language, more, source);
	*out = popen(command, "r");
	return *out ? 0 : -1;
}

static void check_texts(const char *language)
{
	const char *clang = find_clang();
	if (!clang)
		skip();
	FILE *out;
	assert_int_equal(
		compile(clang, language, "-Xclang -ast-dump -fno-color-diagnostics", &out), 0);
	size_t nr = 0, nr_expected = sizeof(expected) / sizeof(*expected);
	char line[1024];
	while (fgets(line, sizeof(line), out)) {
		char *text = strstr(line, "\"otel-tidy:");
		if (!strstr(line, "AnnotateAttr") || !text)
			continue;
		*strrchr(text, '"') = '\0';
		assert_true(nr < nr_expected);
		assert_string_equal(text + 1, expected[nr]);
		nr++;
	}
	assert_int_equal(pclose(out), 0);
	assert_int_equal(nr, nr_expected);
}

static void texts_in_c(void **state)
{
	(void)state;
	check_texts("-x c -std=c11");
}

static void texts_in_cxx(void **state)
{
	(void)state;
	check_texts("-x c++ -std=c++17");
}

static void nothing_under_gcc(void **state)
{
	(void)state;
	static const char *const languages[] = {"-x c -std=c11", "-x c++ -std=c++17"};
	if (!has_command("gcc"))
		skip();
	for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
		FILE *out;
		char line[1024] = "";
		assert_int_equal(compile("gcc", languages[i], "", &out), 0);
		assert_null(fgets(line, sizeof(line), out));
		assert_int_equal(pclose(out), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_in_c),
		cmocka_unit_test(texts_in_cxx),
		cmocka_unit_test(nothing_under_gcc),
	};
	return cmocka_run_group_tests(tests, write_program, remove_program);
}
