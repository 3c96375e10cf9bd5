/* Flags: the tables behind sanitising. What is not listed is dropped, since an option that
 * libclang does not know costs the whole unit, while a missing code generation option costs
 * nothing. Sources: "Options Controlling the Preprocessor", "Overall Options" of the GCC manual;
 * clang's command line reference; each kept entry was tried with clang 19. */
#include "project/flags.h"

#include "base/str.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static const struct flag flags[] = {
	{"-D", FLAG_EITHER, FLAG_KEEP},
	{"-U", FLAG_EITHER, FLAG_KEEP},
	{"-I", FLAG_EITHER, FLAG_DIRECTORY},
	{"-F", FLAG_EITHER, FLAG_DIRECTORY},
	{"-isystem", FLAG_EITHER, FLAG_DIRECTORY},
	{"-isystem-after", FLAG_EITHER, FLAG_DIRECTORY},
	{"-iquote", FLAG_EITHER, FLAG_DIRECTORY},
	{"-idirafter", FLAG_EITHER, FLAG_DIRECTORY},
	{"-iframework", FLAG_EITHER, FLAG_DIRECTORY},
	{"-cxx-isystem", FLAG_EITHER, FLAG_DIRECTORY},
	{"-stdlib++-isystem", FLAG_EITHER, FLAG_DIRECTORY},
	{"-iprefix", FLAG_EITHER, FLAG_KEEP},
	{"-iwithprefix", FLAG_EITHER, FLAG_KEEP},
	{"-iwithprefixbefore", FLAG_EITHER, FLAG_KEEP},
	{"-include", FLAG_EITHER, FLAG_FILE},
	{"-imacros", FLAG_EITHER, FLAG_FILE},
	{"-include-pch", FLAG_NEXT, FLAG_PCH},
	{"-isysroot", FLAG_EITHER, FLAG_DIRECTORY},
	{"--sysroot", FLAG_NEXT, FLAG_DIRECTORY},
	{"--sysroot=", FLAG_JOINED, FLAG_DIRECTORY},
	{"--gcc-toolchain=", FLAG_JOINED, FLAG_DIRECTORY},
	{"-target", FLAG_NEXT, FLAG_KEEP},
	{"--target=", FLAG_JOINED, FLAG_KEEP},
	{"-stdlib=", FLAG_JOINED, FLAG_KEEP},
	{"-x", FLAG_EITHER, FLAG_LANGUAGE},
	{"-std=", FLAG_JOINED, FLAG_STANDARD},
	{"--std=", FLAG_JOINED, FLAG_STANDARD},
	{"-ansi", FLAG_ALONE, FLAG_KEEP},
	{"-nostdinc", FLAG_ALONE, FLAG_KEEP},
	{"-nostdinc++", FLAG_ALONE, FLAG_KEEP},
	{"-nostdlibinc", FLAG_ALONE, FLAG_KEEP},
	{"-nobuiltininc", FLAG_ALONE, FLAG_KEEP},
	{"-undef", FLAG_ALONE, FLAG_KEEP},
	{"-trigraphs", FLAG_ALONE, FLAG_KEEP},
	{"-pthread", FLAG_ALONE, FLAG_KEEP},
	{"-O", FLAG_JOINED, FLAG_OPTIMIZE},
	{"-f", FLAG_JOINED, FLAG_CODE},
	{"-m", FLAG_JOINED, FLAG_MACHINE},
	{"-Wp,", FLAG_JOINED, FLAG_COMMA},
	/* some warnings are errors unless they are turned off; turning off costs nothing */
	{"-Wno-", FLAG_JOINED, FLAG_KEEP},
	{"-Xpreprocessor", FLAG_NEXT, FLAG_UNWRAP},
	{"-Xclang", FLAG_NEXT, FLAG_UNWRAP},

	/* dropped with the next word, which could be taken for an option or a header directory */
	{"-o", FLAG_EITHER, FLAG_DROP},
	{"--output", FLAG_NEXT, FLAG_DROP},
	{"-MF", FLAG_EITHER, FLAG_DROP},
	{"-MT", FLAG_EITHER, FLAG_DROP},
	{"-MQ", FLAG_EITHER, FLAG_DROP},
	{"-MJ", FLAG_EITHER, FLAG_DROP},
	{"-L", FLAG_EITHER, FLAG_DROP},
	{"-l", FLAG_EITHER, FLAG_DROP},
	{"-B", FLAG_EITHER, FLAG_DROP},
	{"-T", FLAG_EITHER, FLAG_DROP},
	{"-A", FLAG_EITHER, FLAG_DROP},
	{"-u", FLAG_NEXT, FLAG_DROP},
	{"-z", FLAG_NEXT, FLAG_DROP},
	{"-e", FLAG_NEXT, FLAG_DROP},
	{"-G", FLAG_NEXT, FLAG_DROP},
	{"-arch", FLAG_NEXT, FLAG_DROP},
	{"--param", FLAG_NEXT, FLAG_DROP},
	{"-dumpdir", FLAG_NEXT, FLAG_DROP},
	{"-dumpbase", FLAG_NEXT, FLAG_DROP},
	{"-dumpbase-ext", FLAG_NEXT, FLAG_DROP},
	{"-aux-info", FLAG_NEXT, FLAG_DROP},
	{"-wrapper", FLAG_NEXT, FLAG_DROP},
	{"-mllvm", FLAG_NEXT, FLAG_DROP},
	{"-Xassembler", FLAG_NEXT, FLAG_DROP},
	{"-Xlinker", FLAG_NEXT, FLAG_DROP},
	{"-Xanalyzer", FLAG_NEXT, FLAG_DROP},
	{"-Xarch_", FLAG_PREFIX_NEXT, FLAG_DROP},
	{"-Xopenmp-target", FLAG_PREFIX_NEXT, FLAG_DROP},
	{"-Xcuda-", FLAG_PREFIX_NEXT, FLAG_DROP},
	{"-Xcompiler", FLAG_NEXT, FLAG_DROP},
	{"-resource-dir", FLAG_NEXT, FLAG_DROP},
	{"-ivfsoverlay", FLAG_NEXT, FLAG_DROP},
	{"-framework", FLAG_NEXT, FLAG_DROP},
	{"-rpath", FLAG_NEXT, FLAG_DROP},
	{"-serialize-diagnostics", FLAG_NEXT, FLAG_DROP},
	{"--serialize-diagnostics", FLAG_NEXT, FLAG_DROP},
	{"-dependency-file", FLAG_NEXT, FLAG_DROP},
	{"-index-store-path", FLAG_NEXT, FLAG_DROP},
};

static bool flag_fits(const struct flag *f, const char *word, size_t len)
{
	if (strncmp(word, f->name, len) != 0)
		return false;
	return f->shape == FLAG_JOINED || f->shape == FLAG_EITHER || f->shape == FLAG_PREFIX_NEXT ||
	       word[len] == '\0';
}

const struct flag *flag_find(const char *word)
{
	const struct flag *best = NULL;
	size_t best_len = 0;
	for (size_t i = 0; i < LENGTH(flags); i++) {
		if (flags[i].name[1] != word[1])
			continue;
		size_t len = strlen(flags[i].name);
		if (len > best_len && flag_fits(&flags[i], word, len)) {
			best = &flags[i];
			best_len = len;
		}
	}
	return best;
}

/* -fNAME and -fno-NAME. */
static const char *const code_flags[] = {"exceptions", "cxx-exceptions", "objc-exceptions", "rtti",
	"signed-char", "unsigned-char", "short-enums", "short-wchar", "openmp", "openmp-simd",
	"PIC", "pic", "PIE", "pie", "builtin", "ms-extensions", "ms-compatibility", "blocks",
	"char8_t", "coroutines", "gnu89-inline", "gnu-keywords", "asm", "asm-blocks", "declspec",
	"delayed-template-parsing", "dollars-in-identifiers", "fast-math", "finite-math-only",
	"math-errno", "wrapv", "sized-deallocation", "aligned-new", "aligned-allocation",
	"threadsafe-statics", "use-cxa-atexit", "operator-names", "pack-struct",
	"relaxed-template-template-args", "access-control", "trigraphs", "lax-vector-conversions",
	"experimental-library", "objc-arc", "objc-weak"};

/* Those that exist in this form only; behind '=' and the last '-' comes a value. */
static const char *const code_single_flags[] = {"freestanding", "hosted", "no-builtin-",
	"openmp=", "openmp-version=", "ms-compatibility-version=", "new-alignment=", "pack-struct=",
	"template-depth=", "constexpr-depth=", "constexpr-steps=", "bracket-depth=",
	"lax-vector-conversions=", "strict-flex-arrays=", "objc-runtime=", "gnuc-version=",
	"visibility-ms-compat"};

static bool is_listed(const char *name, const char *const *list, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(name, list[i]))
			return true;
	return false;
}

static const char *without_no(const char *name)
{
	return str_has_prefix(name, "no-") ? name + 3 : name;
}

bool flag_code_is_kept(const char *name)
{
	for (size_t i = 0; i < LENGTH(code_single_flags); i++) {
		const char *known = code_single_flags[i];
		char last = known[strlen(known) - 1];
		if (last == '=' || last == '-' ? str_has_prefix(name, known) : str_eq(name, known))
			return true;
	}
	return is_listed(without_no(name), code_flags, LENGTH(code_flags));
}

/* Instruction sets that gate code by macros; -mNAME and -mno-NAME. */
static const char *const x86_flags[] = {"mmx", "sse", "sse2", "sse3", "ssse3", "sse4", "sse4.1",
	"sse4.2", "sse4a", "avx", "avx2", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl",
	"avx512ifma", "avx512vbmi", "avx512vbmi2", "avx512vnni", "avx512bitalg", "avx512vpopcntdq",
	"avx512bf16", "avx512fp16", "avxvnni", "fma", "fma4", "f16c", "xop", "bmi", "bmi2",
	"popcnt", "lzcnt", "tbm", "aes", "vaes", "pclmul", "vpclmulqdq", "gfni", "sha", "rdrnd",
	"rdseed", "adx", "cx16", "movbe", "fsgsbase", "xsave", "xsaveopt", "xsavec", "xsaves",
	"clflushopt", "clwb", "waitpkg", "rtm", "prfchw", "crc32", "80387", "soft-float"};

/* -march= names that both clang 18 and 19 take for x86_64 (their "valid target CPU values"). */
static const char *const x86_cpus[] = {"native", "x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4",
	"nocona", "core2", "penryn", "bonnell", "atom", "silvermont", "slm", "goldmont",
	"goldmont-plus", "tremont", "nehalem", "corei7", "westmere", "sandybridge", "corei7-avx",
	"ivybridge", "core-avx-i", "haswell", "core-avx2", "broadwell", "skylake", "skylake-avx512",
	"skx", "cascadelake", "cooperlake", "cannonlake", "icelake-client", "rocketlake",
	"icelake-server", "tigerlake", "sapphirerapids", "alderlake", "raptorlake", "meteorlake",
	"gracemont", "sierraforest", "grandridge", "graniterapids", "graniterapids-d",
	"emeraldrapids", "knl", "knm", "k8", "athlon64", "athlon-fx", "opteron", "k8-sse3",
	"athlon64-sse3", "opteron-sse3", "amdfam10", "barcelona", "btver1", "btver2", "bdver1",
	"bdver2", "bdver3", "bdver4", "znver1", "znver2", "znver3", "znver4"};

static bool x86_is_kept(const char *name)
{
	static const char *const single[] = {"32", "64", "x32", "16", "long-double-64",
		"long-double-80", "long-double-128", "ms-bitfields", "no-ms-bitfields",
		"general-regs-only"};
	if (str_has_prefix(name, "arch="))
		return is_listed(name + 5, x86_cpus, LENGTH(x86_cpus));
	return is_listed(name, single, LENGTH(single)) ||
	       is_listed(without_no(name), x86_flags, LENGTH(x86_flags));
}

static bool arm_is_kept(const char *name, bool is_64)
{
	static const char *const both[] = {"big-endian", "little-endian", "unaligned-access",
		"no-unaligned-access", "strict-align", "no-strict-align"};
	static const char *const only_32[] = {"thumb", "no-thumb", "arm"};
	if (str_has_prefix(name, "arch=") || str_has_prefix(name, "cpu="))
		return true;
	if (is_listed(name, both, LENGTH(both)))
		return true;
	if (is_64)
		return str_eq(name, "general-regs-only");
	return str_has_prefix(name, "fpu=") || str_has_prefix(name, "float-abi=") ||
	       is_listed(name, only_32, LENGTH(only_32));
}

bool flag_machine_is_kept(const char *name, const char *arch)
{
	if (str_has_prefix(arch, "x86_64") ||
		(strlen(arch) >= 4 && arch[0] == 'i' && str_has_prefix(arch + 2, "86")))
		return x86_is_kept(name);
	if (str_has_prefix(arch, "aarch64") || str_has_prefix(arch, "arm64"))
		return arm_is_kept(name, true);
	if (str_has_prefix(arch, "arm"))
		return arm_is_kept(name, false);
	if (str_has_prefix(arch, "riscv"))
		return str_has_prefix(name, "arch=") || str_has_prefix(name, "abi=");
	return str_eq(name, "32") || str_eq(name, "64");
}

const char *flag_standard(const char *value, bool is_cxx)
{
	static const char *const c[] = {"c89", "c90", "iso9899:1990", "iso9899:199409", "gnu89",
		"gnu90", "c99", "c9x", "iso9899:1999", "iso9899:199x", "gnu99", "gnu9x", "c11",
		"c1x", "iso9899:2011", "gnu11", "gnu1x", "c17", "c18", "iso9899:2017",
		"iso9899:2018", "gnu17", "gnu18", "c2x", "c23", "gnu2x", "gnu23"};
	static const char *const cxx[] = {"c++98", "c++03", "gnu++98", "gnu++03", "c++0x", "c++11",
		"gnu++0x", "gnu++11", "c++1y", "c++14", "gnu++1y", "gnu++14", "c++1z", "c++17",
		"gnu++1z", "gnu++17", "c++2a", "c++20", "gnu++2a", "gnu++20", "c++2b", "c++23",
		"gnu++2b", "gnu++23", "c++2c", "c++26", "gnu++2c", "gnu++26"};
	/* clang 19 is the first to know these, and what 18 knows is near enough */
	if (str_eq(value, "c2y") || str_eq(value, "iso9899:2024"))
		value = "c23";
	else if (str_eq(value, "gnu2y"))
		value = "gnu23";
	bool is_known =
		is_cxx ? is_listed(value, cxx, LENGTH(cxx)) : is_listed(value, c, LENGTH(c));
	return is_known ? value : NULL;
}
