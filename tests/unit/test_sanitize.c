/* Sanitising: words, wrappers, flags, languages. Expected arguments are written as one text. */
#include "unit.h"

#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"
#include "project/compiler.h"
#include "project/sanitize.h"
#include "project/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const char *joined(struct arena *a, const char *const *words, size_t nr)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < nr; i++)
		strbuf_addf(&b, "%s%s", i ? " " : "", words[i]);
	return strbuf_str(&b);
}

struct outcome {
	const char *args; /* joined by blanks, or why it is passed over */
	bool is_cxx;
};

/* `command` begins with the compiler; `file` is below `dir`. */
static struct outcome run_in(
	struct arena *a, const char *dir, const char *command, const char *file)
{
	struct words words = {0}, expanded = {0}, notes = {0};
	struct compiler compiler;
	assert_true(words_from_shell(a, command, &words));
	compiler_find(a, words.at, words.nr, &compiler);
	words_expand(a, dir, words.at + compiler.nr_words, words.nr - compiler.nr_words, &expanded,
		&notes);
	struct compile_call call = {.file = path_join(a, dir, file),
		.directory = dir,
		.words = expanded.at,
		.nr_words = expanded.nr,
		.target = compiler.target,
		.is_cxx_driver = compiler.is_cxx};
	struct compile_unit unit;
	const char *passed_over = sanitize(a, &call, &unit);
	if (passed_over)
		return (struct outcome){arena_printf(a, "! %s", passed_over), false};
	return (struct outcome){joined(a, unit.args, unit.nr_args), unit.is_cxx};
}

static void check_file(void **state, const char *command, const char *file, const char *args)
{
	struct unit *u = *state;
	struct outcome o = run_in(&u->arena, "/w/build", command, file);
	if (!str_eq(o.args, args))
		fail_msg("%s\n  gives  %s\n  not    %s", command, o.args, args);
}

static void check(void **state, const char *command, const char *args)
{
	check_file(state, command, "a.c", args);
}

static void test_shell_words(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	static const char *const cases[][2] = {
		{"a b\t c", "a|b|c"},
		{"  ", ""},
		{"'a b' c", "a b|c"},
		{"-DX=\"a b\"", "-DX=a b"},
		{"-DX=\\\"a\\\"", "-DX=\"a\""},
		{"\"-DX=\\\"a b\\\"\"", "-DX=\"a b\""},
		{"'a\\b'", "a\\b"},
		{"\"a\\b\"", "a\\b"},
		{"a\\ b", "a b"},
		{"\"\" ''", "|"},
		{"a''b", "ab"},
		{"\"a\\\\b\\$c\"", "a\\b$c"},
		{"'it'\\''s'", "it's"},
		{"a\\", "a\\"},
		{"\"a\\\nb\" c\\\nd", "ab|cd"},
		{"cd x && cc;true", "cd|x|&&|cc|&&|true"},
		{"'&&' \"a;b\"", "&&|a;b"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct words out = {0};
		struct strbuf b;
		strbuf_init(&b, a);
		assert_true(words_from_shell(a, cases[i][0], &out));
		for (size_t k = 0; k < out.nr; k++)
			strbuf_addf(&b, "%s%s", k ? "|" : "", out.at[k]);
		assert_string_equal(strbuf_str(&b), cases[i][1]);
	}
	static const char *const open[] = {"a \"b", "a 'b", "\"", "a \"b\\\"", "'", "a \"b\\"};
	for (size_t i = 0; i < LENGTH(open); i++) {
		struct words out = {0};
		assert_false(words_from_shell(a, open[i], &out));
	}
}

static void test_wrappers(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	static const struct {
		const char *command, *name;
		size_t nr_words;
	} cases[] = {
		{"gcc -c a.c", "gcc", 1},
		{"/usr/lib/ccache/gcc -c a.c", "gcc", 1},
		{"ccache gcc -c a.c", "gcc", 2},
		{"/usr/bin/ccache /usr/bin/g++-12 -c a.c", "g++-12", 2},
		{"ccache distcc x86_64-linux-gnu-gcc -c a.c", "x86_64-linux-gnu-gcc", 3},
		{"sccache clang++-19 -c a.c", "clang++-19", 2},
		{"icecc cc -c a.c", "cc", 2},
		{"env CC_X=1 LANG=C gcc -c a.c", "gcc", 4},
		{"env -i -u HOME PATH=/bin ccache gcc -c a.c", "gcc", 7},
		{"CCACHE_DIR=/x gcc -c a.c", "gcc", 2},
		{"ccache compiler_check=none gcc -c a.c", "gcc", 3},
		{"libtool --tag=CC --mode=compile gcc -c a.c", "gcc", 4},
		{"/bin/bash ../libtool --tag=CC --mode=compile gcc -c a.c", "gcc", 5},
		{"cmake -E env X=1 cc -c a.c", "cc", 5},
		{"cmake -E __run_co_compile --launcher=ccache --source=a.c -- cc -c a.c", "cc", 7},
		{"zig c++ -c a.c", "c++", 2},
		{"/opt/launcher gcc -c a.c", "gcc", 2},
		{"nice -n 5 gcc -c a.c", "gcc", 4},
		{"python3 wrap.py clang -c a.c", "clang", 3},
		{"/opt/acme/ccx -c a.c", "ccx", 1},
		{"/opt/acme/ccx -I cc -c a.c", "ccx", 1},
		{"ccache /opt/acme/ccx -c a.c", "ccx", 2},
		{"/opt/acme/ccx -c a.c -o gcc", "ccx", 1},
		{"ccache", "ccache", 1},
		{"X=1", "X=1", 1},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct words words = {0};
		struct compiler c;
		assert_true(words_from_shell(a, cases[i].command, &words));
		compiler_find(a, words.at, words.nr, &c);
		if (!str_eq(c.name, cases[i].name) || c.nr_words != cases[i].nr_words)
			fail_msg("%s: %s after %zu words", cases[i].command, c.name, c.nr_words);
	}
}

static void test_drivers(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	static const struct {
		const char *word, *target;
		bool is_known, is_cxx;
		const char *foreign;
	} cases[] = {
		{"gcc", "", true, false, ""},
		{"gcc-12.2", "", true, false, ""},
		{"clang++19", "", true, true, ""},
		{"/x/aarch64-linux-gnu-g++-12", "aarch64-linux-gnu", true, true, ""},
		{"arm-none-eabi-gcc.exe", "arm-none-eabi", true, false, ""},
		{"xtensa-esp32-elf-gcc", "", true, false, ""},
		{"c99", "", true, false, ""},
		{"ccx", "", false, false, ""},
		{"cl.exe", "", true, false, "MSVC"},
		{"clang-cl", "", true, false, "MSVC"},
		{"C:VSbincl.exe", "", true, false, "MSVC"},
		{"/usr/bin/gfortran-12", "", true, false, "Fortran"},
		{"nasm", "", true, false, "assembler"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct compiler c;
		compiler_find(a, &cases[i].word, 1, &c);
		assert_int_equal(c.is_known, cases[i].is_known);
		assert_int_equal(c.is_cxx, cases[i].is_cxx);
		assert_string_equal(c.target, cases[i].target);
		assert_contains(c.foreign, cases[i].foreign);
		assert_int_equal(*c.foreign != 0, *cases[i].foreign != 0);
	}
}

static void test_dropped(void **state)
{
	check(state, "gcc -c a.c -o a.o", "");
	check(state, "gcc -c -oa.o -MD -MMD -MP -MF a.d -MT x -MQ y -MFa.d a.c", "");
	check(state, "gcc -Wall -Wextra -Werror -Werror=vla -Wl,-z,now -Wa,--x a.c", "");
	check(state, "gcc -Wall -Wno-narrowing a.c", "-Wno-narrowing");
	check(state, "gcc -g -g3 -ggdb -gdwarf-5 -pipe -flto -flto=auto -pedantic-errors -w a.c",
		"");
	check(state, "gcc -fno-hosted -fno-freestanding -mno-general-regs-only -mno-thumb a.c", "");
	check(state,
		"gcc -fno-var-tracking-assignments -mindirect-branch=thunk -fconserve-stack "
		"-fno-allow-store-data-races -falign-functions=32 -mrecord-mcount -mfentry "
		"-fplugin=x.so -fplugin-arg-x-y=1 -specs=/x -fanalyzer -fsanitize=address "
		"-fdiagnostics-color=always -fmodules-ts -fmodule-mapper=x -fmacro-prefix-map=a=b "
		"--param ssp-buffer-size=4 --param=x=1 a.c",
		"");
	check(state,
		"gcc -L /x -L/y -lz -l m -T x.ld -B /x -Xlinker -I/not -aux-info -I/not "
		"-dumpbase -DNOT -u -DNOT -Xassembler -DNOT -Xarch_x86_64 -DNOT a.c",
		"");
	check(state, "gcc -fsyntax-only -S -E -save-temps=obj -static -shared -rdynamic a.c", "");
	check(state, "gcc -march=znver6 -march=armv8-a -mtune=native -mcpu=x -mfpu=neon a.c", "");
	check(state, "gcc -x", "");
	check(state, "gcc -D", "");
	check(state, "gcc -I- -I '' -c a.c -- -DX", "");
}

static void test_kept(void **state)
{
	check(state, "gcc -DA -D B=1 -UC -U D -DE='\"x y\"' a.c", "-DA -DB=1 -UC -UD -DE=\"x y\"");
	check(state, "gcc -O2 -O -O0 -Os -Og -Ofast -O9 a.c", "-O2 -O -O0 -Os -Og -Ofast -O3");
	check(state,
		"gcc -fexceptions -fno-rtti -fsigned-char -funsigned-char -fshort-enums "
		"-fPIC -fno-pie -fopenmp -fno-builtin-memcpy -ftemplate-depth=900 a.c",
		"-fexceptions -fno-rtti -fsigned-char -funsigned-char -fshort-enums -fPIC -fno-pie "
		"-fopenmp -fno-builtin-memcpy -ftemplate-depth=900");
	check(state, "gcc -pthread -ansi -nostdinc -undef -m32 -mavx2 -mno-sse3 -march=haswell a.c",
		"-pthread -ansi -nostdinc -undef -m32 -mavx2 -mno-sse3 -march=haswell");
	check(state, "gcc -std=gnu11 -std=gnu2y a.c", "-std=gnu23");
	check(state, "gcc -std=c99 -std=c++17 a.c", "");
	check(state, "gcc -std=fancy a.c", "");
	check(state, "clang --target=aarch64-linux-gnu -mcpu=cortex-a72 -mavx2 a.c",
		"--target=aarch64-linux-gnu -mcpu=cortex-a72");
	check(state, "aarch64-linux-gnu-gcc -march=armv8.2-a a.c",
		"--target=aarch64-linux-gnu -march=armv8.2-a");
	check(state, "arm-none-eabi-gcc -mthumb -mcpu=cortex-m4 -mfloat-abi=hard a.c",
		"--target=arm-none-eabi -mthumb -mcpu=cortex-m4 -mfloat-abi=hard");
}

static void test_directories(void **state)
{
	check(state, "gcc -I. -I ../inc -I/abs -isystem ../sys -isystem/abs/sys a.c",
		"-I/w/build -I/w/inc -I/abs -isystem /w/sys -isystem /abs/sys");
	check(state, "gcc -iquote q -idirafter after -I=/x -I'$SYSROOT/y' a.c",
		"-iquote /w/build/q -idirafter /w/build/after -I=/x -I$SYSROOT/y");
	check(state, "gcc --sysroot=../root --sysroot r2 -isysroot r3 a.c",
		"--sysroot=/w/root --sysroot=/w/build/r2 -isysroot /w/build/r3");
	check(state, "gcc -Wp,-DX=1,-UY,-MD,x.d -Wp,-D,Z -Wp,-I,inc a.c",
		"-DX=1 -UY -DZ -I/w/build/inc");
	check(state, "gcc -Xpreprocessor -DX -Xpreprocessor -D -Xpreprocessor Y a.c", "-DX -DY");
	check(state, "clang -Xclang -load -Xclang x.so -Xclang -DX -mllvm -DNOT a.c", "-DX");
}

static void test_includes(void **state)
{
	struct unit *u = *state;
	struct arena *a = &u->arena;
	unit_file(u, "config.h", "");
	unit_file(u, "pch.hxx", "");
	unit_file(u, "pch.hxx.pch", "");
	const char *want =
		arena_printf(a, "-include %s/config.h -imacros %s/config.h", u->dir, u->dir);
	assert_string_equal(
		run_in(a, u->dir, "gcc -include config.h -imacros ./config.h a.c", "a.c").args,
		want);
	/* not in the directory: clang looks for it along the include path */
	assert_string_equal(run_in(a, u->dir, "gcc -include sys/other.h a.c", "a.c").args,
		"-include sys/other.h");
	/* a compiled header of another compiler must not be taken in place of the header */
	want = arena_printf(a, "-Xclang -include -Xclang %s/pch.hxx", u->dir);
	assert_string_equal(run_in(a, u->dir, "gcc -include pch.hxx a.c", "a.c").args, want);
	assert_string_equal(run_in(a, u->dir,
				    "clang -Xclang -include-pch -Xclang pch.hxx.pch "
				    "-Xclang -include -Xclang pch.hxx a.c",
				    "a.c")
				    .args,
		want);
	assert_string_equal(
		run_in(a, u->dir, "clang -include-pch pch.hxx.pch a.c", "a.c").args, want);
	assert_string_equal(run_in(a, u->dir, "clang -include-pch gone.pch a.c", "a.c").args, "");
}

static void test_response_files(void **state)
{
	struct unit *u = *state;
	struct arena *a = &u->arena;
	unit_file(u, "one.rsp", "-DA 'b c' \"-DQ=\\\"x y\\\"\"\n@sub/two.rsp -DZ=a\\ b");
	unit_file(u, "sub/two.rsp", "-Iinc\n\n@three.rsp");
	unit_file(u, "three.rsp", "-DTHREE");
	unit_file(u, "self.rsp", "-DS @self.rsp");
	const char *want = arena_printf(a, "-DA -DQ=\"x y\" -I%s/inc -DTHREE -DZ=a b", u->dir);
	assert_string_equal(run_in(a, u->dir, "gcc @one.rsp a.c", "a.c").args, want);
	struct words out = {0}, notes = {0};
	const char *const words[] = {"@self.rsp", "@none.rsp", "@x.o.modmap", "@", "-DX"};
	words_expand(a, u->dir, words, LENGTH(words), &out, &notes);
	assert_int_equal(notes.nr, 2);
	assert_contains(notes.at[0], "self.rsp: more than 16 levels deep");
	assert_contains(notes.at[1], "none.rsp: No such file or directory");
	assert_string_equal(out.at[out.nr - 1], "-DX");
}

static void test_languages(void **state)
{
	struct unit *u = *state;
	static const struct {
		const char *command, *file, *args;
		bool is_cxx;
	} cases[] = {
		{"gcc -c a.c", "a.c", "", false},
		{"gcc -c a.cc", "a.cc", "", true},
		{"gcc -c a.C", "a.C", "", true},
		{"g++ -std=c++20 -c a.c", "a.c", "-x c++ -std=c++20", true},
		{"clang++ -c a.cpp", "a.cpp", "", true},
		{"gcc -x c++ a.c", "a.c", "-x c++", true},
		{"gcc -xc a.cpp", "a.cpp", "-x c", false},
		{"gcc a.c -x c++ b.cc", "a.c", "", false},
		{"gcc -x c++ -x none a.c", "a.c", "", false},
		{"gcc -std=c11 a.cpp", "a.cpp", "", true},
		{"gcc a.def", "a.def", "-x c", false},
		{"g++ a.def", "a.def", "-x c++", true},
		{"gcc a.mm", "a.mm", "", true},
		{"gcc a.h", "a.h", "! a header", false},
		{"g++ -x c++ a.hpp", "a.hpp", "! a header", false},
		{"gcc a.S", "a.S", "! assembler", false},
		{"gcc a.s", "a.s", "! assembler", false},
		{"gcc a.asm", "a.asm", "! assembler", false},
		{"gcc -x assembler-with-cpp a.c", "a.c", "! assembler", false},
		{"nvcc a.cu", "a.cu", "! CUDA", false},
		{"gcc a.f90", "a.f90", "! Fortran", false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		check_file(state, cases[i].command, cases[i].file, cases[i].args);
		struct outcome o = run_in(&u->arena, "/w/build", cases[i].command, cases[i].file);
		assert_int_equal(o.is_cxx, cases[i].is_cxx);
	}
}

/* Every option that is kept must be one that the installed clang takes. */
static void test_clang_takes_what_is_kept(void **state)
{
	struct unit *u = *state;
	struct arena *a = &u->arena;
	if (system("command -v clang-19 >/dev/null 2>&1") != 0)
		skip();
	static const char *const commands[] = {
		"gcc -DA -UB -I. -isystem s -iquote q -idirafter d -std=gnu11 -O2 -pthread -ansi "
		"-nostdlibinc -undef -trigraphs -fPIC -fno-pie -fopenmp -fopenmp-simd "
		"-ffreestanding "
		"-fhosted -fno-builtin -fno-builtin-memcpy -fms-extensions -fblocks "
		"-fgnu89-inline -fno-asm -fdollars-in-identifiers -ffast-math -ffinite-math-only "
		"-fno-math-errno -fwrapv -fpack-struct=4 -fno-pack-struct -fshort-enums "
		"-fshort-wchar "
		"-fsigned-char -funsigned-char -flax-vector-conversions -fstrict-flex-arrays=3 "
		"-fbracket-depth=512 -fdeclspec -fexceptions -fno-objc-arc -fgnuc-version=12.2.0",
		"g++ -std=gnu++20 -fno-rtti -fno-exceptions -fno-cxx-exceptions -fno-char8_t "
		"-fcoroutines -fsized-deallocation -faligned-new -faligned-allocation "
		"-fnew-alignment=16 -fno-threadsafe-statics -fuse-cxa-atexit -fno-operator-names "
		"-ftemplate-depth=900 -fconstexpr-depth=900 -fconstexpr-steps=900 "
		"-fno-relaxed-template-template-args -fno-access-control "
		"-fdelayed-template-parsing "
		"-fms-compatibility -fno-gnu-keywords -fno-asm-blocks -fexperimental-library",
		"x86_64-linux-gnu-gcc -m64 -mmmx -msse -msse2 -msse3 -mssse3 -msse4 -msse4.1 "
		"-msse4.2 "
		"-msse4a -mavx -mavx2 -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl "
		"-mavx512ifma -mavx512vbmi -mavx512vbmi2 -mavx512vnni -mavx512bitalg "
		"-mavx512vpopcntdq -mavx512bf16 -mavx512fp16 -mavxvnni -mfma -mfma4 -mf16c -mxop "
		"-mbmi -mbmi2 -mpopcnt -mlzcnt -mtbm -maes -mvaes -mpclmul -mvpclmulqdq -mgfni "
		"-msha "
		"-mrdrnd -mrdseed -madx -mcx16 -mmovbe -mfsgsbase -mxsave -mxsaveopt -mxsavec "
		"-mxsaves "
		"-mclflushopt -mclwb -mwaitpkg -mrtm -mprfchw -mcrc32 -mno-80387 -mno-soft-float "
		"-mms-bitfields -mlong-double-80 -march=graniterapids-d -mno-avx512f",
		"x86_64-linux-gnu-gcc -mgeneral-regs-only",
		"aarch64-linux-gnu-gcc -march=armv8.2-a+crc -mgeneral-regs-only -mstrict-align",
		"arm-linux-gnueabihf-gcc -mthumb -mfpu=neon -mfloat-abi=hard -mno-unaligned-access",
		"riscv64-linux-gnu-gcc -march=rv64gc -mabi=lp64d",
	};
	for (size_t i = 0; i < LENGTH(commands); i++) {
		bool is_cxx = commands[i][1] == '+';
		const char *file = unit_file(u, is_cxx ? "a.cc" : "a.c", "int x;\n");
		struct words given = {0};
		assert_true(words_from_shell(a, commands[i], &given));
		struct outcome o = run_in(a, u->dir, commands[i], file);
		/* nothing was dropped: the lists and this test name the same options */
		for (size_t k = 1; k < given.nr; k++)
			if (given.at[k][1] == 'f' || given.at[k][1] == 'm')
				assert_contains(o.args, given.at[k]);
		const char *run = arena_printf(
			a, "clang-19 -fsyntax-only -w %s %s >%s/log 2>&1", o.args, file, u->dir);
		if (system(run) != 0)
			fail_msg("%s\n%s", run,
				file_read(a, path_join(a, u->dir, "log"), 1u << 20, NULL));
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_shell_words),
		unit_test_with_dir(test_wrappers),
		unit_test_with_dir(test_drivers),
		unit_test_with_dir(test_dropped),
		unit_test_with_dir(test_kept),
		unit_test_with_dir(test_directories),
		unit_test_with_dir(test_includes),
		unit_test_with_dir(test_response_files),
		unit_test_with_dir(test_languages),
		unit_test_with_dir(test_clang_takes_what_is_kept),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("sanitize", tests, NULL, NULL);
}
