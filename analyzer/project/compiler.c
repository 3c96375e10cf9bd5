/* Compiler: looks through ccache, env, libtool and the like, and reads the driver's name. */
#include "project/compiler.h"

#include "base/path.h"
#include "base/str.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* Programs that run the compiler named behind them; their options may stand in between. */
static const char *const wrappers[] = {"env", "ccache", "distcc", "sccache", "icecc", "icerun",
	"libtool", "slibtool", "dlibtool", "glibtool", "buildcache", "cachecc1", "gomacc", "goma",
	"rewrapper", "recc", "pump", "bear", "firebuild", "scan-build", "strace", "time", "nice",
	"ionice", "chrt", "taskset", "timeout", "stdbuf", "setarch", "linux32", "linux64",
	"fakeroot", "xcrun", "cmake", "sh", "bash", "dash", "ksh", "python", "python3", "perl",
	"zig", "ninja"};

struct driver {
	const char *name;
	bool is_cxx;
	const char *foreign;
};

#define MSVC "a compiler with MSVC options"
static const struct driver drivers[] = {
	{"gcc", false, ""},
	{"g++", true, ""},
	{"cc", false, ""},
	{"c++", true, ""},
	{"CC", true, ""},
	{"clang", false, ""},
	{"clang++", true, ""},
	{"icc", false, ""},
	{"icpc", true, ""},
	{"icx", false, ""},
	{"icpx", true, ""},
	{"dpcpp", true, ""},
	{"emcc", false, ""},
	{"em++", true, ""},
	{"c89", false, ""},
	{"c99", false, ""},
	{"c11", false, ""},
	{"c17", false, ""},
	{"tcc", false, ""},
	{"pgcc", false, ""},
	{"pgc++", true, ""},
	{"nvc", false, ""},
	{"nvc++", true, ""},
	{"nvcc", false, ""},
	{"hipcc", true, ""},
	{"mpicc", false, ""},
	{"mpicxx", true, ""},
	{"mpic++", true, ""},
	{"mpiCC", true, ""},
	{"armclang", false, ""},
	{"xlc", false, ""},
	{"xlC", true, ""},
	{"ccc-analyzer", false, ""},
	{"c++-analyzer", true, ""},
	{"cl", false, MSVC},
	{"clang-cl", false, MSVC},
	{"icl", false, MSVC},
	{"nasm", false, "an assembler"},
	{"yasm", false, "an assembler"},
	{"ml", false, "an assembler"},
	{"ml64", false, "an assembler"},
	{"armasm", false, "an assembler"},
	{"as", false, "an assembler"},
	{"rustc", false, "a Rust compiler"},
	{"swiftc", false, "a Swift compiler"},
	{"gfortran", false, "a Fortran compiler"},
	{"flang", false, "a Fortran compiler"},
	{"ifort", false, "a Fortran compiler"},
	{"ifx", false, "a Fortran compiler"},
	{"gnatgcc", false, "an Ada compiler"},
	{"gdc", false, "a D compiler"},
	{"ldc2", false, "a D compiler"},
	{"dmd", false, "a D compiler"},
	{"ispc", false, "an ISPC compiler"},
	{"windres", false, "a resource compiler"},
	{"rc", false, "a resource compiler"},
	{"llvm-rc", false, "a resource compiler"},
};

/* "x86_64-linux-gnu-g++-12.exe" → "x86_64-linux-gnu-g++"; "clang++19" → "clang++". */
static char *plain_name(struct arena *a, const char *word)
{
	char *name = arena_strdup(a, path_basename(word));
	size_t n = strlen(name);
	if (n > 4 && strcasecmp(name + n - 4, ".exe") == 0)
		name[n -= 4] = '\0';
	/* c89, c99 and the like are names, not versions */
	for (size_t i = 0; i < LENGTH(drivers); i++)
		if (str_eq(name, drivers[i].name))
			return name;
	size_t end = n;
	while (end && (isdigit((unsigned char)name[end - 1]) || name[end - 1] == '.'))
		end--;
	if (end > 1 && end < n && name[end - 1] == '-')
		end--;
	if (end)
		name[end] = '\0';
	return name;
}

/* The driver whose name `word` ends with, alone or behind a target's "-". */
static const struct driver *driver_of(struct arena *a, const char *word, size_t *prefix)
{
	static const struct driver windows_cl = {"cl", false, MSVC};
	const char *name = plain_name(a, word);
	size_t n = strlen(name), best_len = 0;
	const struct driver *best = NULL;
	*prefix = 0;
	/* C:\VS\bin\cl.exe, whose backslashes the splitting into words may have eaten */
	if (strlen(word) > 8 && word[1] == ':' &&
		strcasecmp(word + strlen(word) - 6, "cl.exe") == 0)
		return &windows_cl;
	for (size_t i = 0; i < LENGTH(drivers); i++) {
		size_t len = strlen(drivers[i].name);
		if (len <= best_len || !str_has_suffix(name, drivers[i].name))
			continue;
		if (n == len || name[n - len - 1] == '-') {
			best = &drivers[i];
			best_len = len;
			*prefix = n == len ? 0 : n - len - 1;
		}
	}
	return best;
}

static bool is_wrapper(struct arena *a, const char *word)
{
	const char *name = path_basename(word);
	for (size_t i = 0; i < LENGTH(wrappers); i++)
		if (str_eq(name, wrappers[i]))
			return true;
	/* "python3.11 tool.py", "./libtool-build" stay unknown; only the version is looked through
	 */
	name = plain_name(a, word);
	return str_eq(name, "python");
}

/* VAR=value, as in front of a command. */
static bool is_assignment(const char *word)
{
	size_t n = 0;
	while (isalnum((unsigned char)word[n]) || word[n] == '_')
		n++;
	return n && word[n] == '=' && !isdigit((unsigned char)word[0]);
}

/* Where the search for the compiler ends at the latest: its own options begin. */
static bool is_compiler_option(const char *word)
{
	return str_eq(word, "-c") || str_eq(word, "-o") || str_has_prefix(word, "-I") ||
	       str_has_prefix(word, "-D");
}

/* Index of the compiler. Known wrappers may have options and their values behind them; a program
 * that we do not know is taken for a wrapper only when a compiler follows it at once. */
static size_t compiler_index(struct arena *a, const char *const *words, size_t nr)
{
	size_t first = 0, prefix;
	while (first + 1 < nr && is_assignment(words[first]))
		first++;
	if (driver_of(a, words[first], &prefix))
		return first;
	bool is_wrapped = is_wrapper(a, words[first]);
	size_t fallback = first;
	for (size_t i = first + 1; i < nr; i++) {
		if (driver_of(a, words[i], &prefix))
			return i;
		bool is_option = words[i][0] == '-' || is_assignment(words[i]);
		if (is_compiler_option(words[i]) || (!is_wrapped && is_option))
			break;
		if (is_wrapped && !is_option && fallback == first && !is_wrapper(a, words[i]))
			fallback = i;
	}
	return fallback;
}

bool compiler_knows_arch(const char *triple)
{
	static const char *const archs[] = {"x86_64", "i386", "i486", "i586", "i686", "aarch64",
		"arm64", "arm", "armv6", "armv7", "armeb", "riscv32", "riscv64", "powerpc",
		"powerpc64", "powerpc64le", "ppc64le", "mips", "mipsel", "mips64", "mips64el",
		"s390x", "sparc", "sparc64", "loongarch64", "wasm32", "hexagon"};
	size_t n = strcspn(triple, "-");
	if (!triple[n])
		return false;
	for (size_t i = 0; i < LENGTH(archs); i++)
		if (strlen(archs[i]) == n && strncmp(archs[i], triple, n) == 0)
			return true;
	return str_has_prefix(triple, "armv7") || str_has_prefix(triple, "armv8");
}

void compiler_find(struct arena *a, const char *const *words, size_t nr, struct compiler *out)
{
	size_t at = compiler_index(a, words, nr), prefix = 0;
	const struct driver *driver = driver_of(a, words[at], &prefix);
	*out = (struct compiler){
		.nr_words = at + 1, .name = path_basename(words[at]), .target = "", .foreign = ""};
	if (!driver)
		return;
	out->is_known = true;
	out->is_cxx = driver->is_cxx;
	out->foreign = driver->foreign;
	const char *triple = arena_strndup(a, out->name, prefix);
	if (prefix && compiler_knows_arch(triple))
		out->target = triple;
	/* the option turns any clang into clang-cl */
	for (size_t i = at + 1; i < nr; i++)
		if (str_eq(words[i], "--driver-mode=cl"))
			out->foreign = MSVC;
}
