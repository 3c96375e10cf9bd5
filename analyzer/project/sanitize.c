/* Sanitising: walks the words of one compiler call with the tables of flags.c. */
#include "project/sanitize.h"

#include "base/path.h"
#include "base/str.h"
#include "project/flags.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* The machine that this program was built for: gcc without a target compiles for it. */
#if defined(__x86_64__)
#define HOST_ARCH "x86_64"
#elif defined(__aarch64__)
#define HOST_ARCH "aarch64"
#elif defined(__arm__)
#define HOST_ARCH "arm"
#elif defined(__riscv)
#define HOST_ARCH "riscv64"
#else
#define HOST_ARCH "unknown"
#endif

struct language {
	const char *name; /* behind -x */
	bool is_cxx;
	const char *passed_over; /* why, or NULL */
};

static const struct language languages[] = {
	{"c", false, NULL},
	{"c++", true, NULL},
	{"objective-c", false, NULL},
	{"objective-c++", true, NULL},
	{"cpp-output", false, NULL},
	{"c++-cpp-output", true, NULL},
	{"c++-module", true, NULL},
	{"c-header", false, "a header"},
	{"c++-header", true, "a header"},
	{"c++-system-header", true, "a header"},
	{"c++-user-header", true, "a header"},
	{"objective-c-header", false, "a header"},
	{"objective-c++-header", true, "a header"},
	{"assembler", false, "assembler"},
	{"assembler-with-cpp", false, "assembler"},
	{"cuda", true, "CUDA"},
	{"hip", true, "HIP"},
	{"cl", false, "OpenCL"},
	{"f77", false, "Fortran"},
	{"f95", false, "Fortran"},
	{"ada", false, "Ada"},
	{"d", false, "D"},
	{"go", false, "Go"},
	{"ir", false, "LLVM IR"},
	{"rust", false, "Rust"},
	{"swift", false, "Swift"},
	{"resource", false, "a resource script"},
};

/* By the file's extension, as the GCC manual ("Overall Options") and clang list them. */
static const struct {
	const char *extension, *language;
} extensions[] = {
	{"c", "c"},
	{"i", "cpp-output"},
	{"ii", "c++-cpp-output"},
	{"cc", "c++"},
	{"cp", "c++"},
	{"cxx", "c++"},
	{"cpp", "c++"},
	{"CPP", "c++"},
	{"c++", "c++"},
	{"C", "c++"},
	{"cppm", "c++-module"},
	{"ccm", "c++-module"},
	{"cxxm", "c++-module"},
	{"c++m", "c++-module"},
	{"ixx", "c++-module"},
	{"mpp", "c++-module"},
	{"m", "objective-c"},
	{"mm", "objective-c++"},
	{"M", "objective-c++"},
	{"h", "c-header"},
	{"hh", "c++-header"},
	{"H", "c++-header"},
	{"hp", "c++-header"},
	{"hxx", "c++-header"},
	{"hpp", "c++-header"},
	{"HPP", "c++-header"},
	{"h++", "c++-header"},
	{"tcc", "c++-header"},
	{"tpp", "c++-header"},
	{"ipp", "c++-header"},
	{"inl", "c++-header"},
	{"txx", "c++-header"},
	{"s", "assembler"},
	{"S", "assembler-with-cpp"},
	{"sx", "assembler-with-cpp"},
	{"asm", "assembler"},
	{"nasm", "assembler"},
	{"cu", "cuda"},
	{"hip", "hip"},
	{"cl", "cl"},
	{"f", "f77"},
	{"F", "f77"},
	{"for", "f77"},
	{"f90", "f95"},
	{"F90", "f95"},
	{"f95", "f95"},
	{"f03", "f95"},
	{"f08", "f95"},
	{"adb", "ada"},
	{"ads", "ada"},
	{"d", "d"},
	{"go", "go"},
	{"ll", "ir"},
	{"bc", "ir"},
	{"rs", "rust"},
	{"swift", "swift"},
	{"rc", "resource"},
};

static const struct language *language_named(const char *name)
{
	for (size_t i = 0; i < LENGTH(languages); i++)
		if (str_eq(languages[i].name, name))
			return &languages[i];
	return NULL;
}

static const struct language *language_of_file(const char *file)
{
	const char *dot = strrchr(path_basename(file), '.');
	for (size_t i = 0; dot && i < LENGTH(extensions); i++)
		if (str_eq(extensions[i].extension, dot + 1))
			return language_named(extensions[i].language);
	return NULL;
}

struct walk {
	struct arena *arena;
	const struct compile_call *call;
	struct words out;
	const char *arch;
	const char *target;                   /* --target= as written, or "" */
	const char *standard;                 /* the last one, or NULL */
	const struct language *x, *x_of_file; /* the last -x; the last before the file */
	bool has_met_file;
};

static void emit(struct walk *w, const char *name, const char *value)
{
	size_t n = strlen(name);
	if (n == 2 || name[n - 1] == '=') {
		vec_push(w->arena, &w->out, arena_printf(w->arena, "%s%s", name, value));
		return;
	}
	vec_push(w->arena, &w->out, name);
	vec_push(w->arena, &w->out, value);
}

/* "=dir" and "$SYSROOT/dir" count from the sysroot (GCC manual, "Directory Options"). */
static bool is_from_sysroot(const char *dir)
{
	return dir[0] == '=' || str_has_prefix(dir, "$SYSROOT");
}

/* clang takes HEADER.pch or HEADER.gch in place of -include HEADER, and one that another compiler
 * wrote ends the parse; behind -Xclang the same option reads the header itself. */
static void emit_include(struct walk *w, const char *name, const char *value)
{
	struct arena *a = w->arena;
	const char *path = path_join(a, w->call->directory, value);
	bool is_here = file_exists(path);
	if (!is_here && !file_exists(arena_printf(a, "%s.pch", path))) {
		emit(w, name, value); /* it will be looked for along the include path */
		return;
	}
	bool has_pch = file_exists(arena_printf(a, "%s.pch", path)) ||
		       file_exists(arena_printf(a, "%s.gch", path)) ||
		       dir_exists(arena_printf(a, "%s.gch", path));
	if (has_pch && str_eq(name, "-include")) {
		emit(w, "-Xclang", name);
		emit(w, "-Xclang", path);
	} else {
		emit(w, name, path);
	}
}

/* -include-pch DIR/x.h.pch: the header that it was made from usually stands beside it. */
static void emit_pch(struct walk *w, const char *value)
{
	size_t n = strlen(value);
	if (!str_has_suffix(value, ".pch") && !str_has_suffix(value, ".gch"))
		return;
	const char *header = arena_strndup(w->arena, value, n - 4);
	if (file_exists(path_join(w->arena, w->call->directory, header)))
		emit_include(w, "-include", header);
}

static void walk_words(struct walk *w, const char *const *words, size_t nr, bool is_inner);

static void walk_comma(struct walk *w, const char *list)
{
	struct words parts = {0};
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, ",");
		if (n)
			vec_push(w->arena, &parts, arena_strndup(w->arena, p, n));
		p += n + (p[n] == ',');
	}
	walk_words(w, parts.at, parts.nr, true);
}

/* -Xclang -include -Xclang file: the words behind a run of the same wrapper belong together. The
 * index of the last word that was used. */
static size_t walk_wrapped(struct walk *w, const char *const *words, size_t nr, size_t i)
{
	struct words inner = {0};
	const char *wrapper = words[i];
	size_t last = i;
	for (; i + 1 < nr && str_eq(words[i], wrapper); i += 2) {
		vec_push(w->arena, &inner, words[i + 1]);
		last = i + 1;
	}
	walk_words(w, inner.at, inner.nr, true);
	return last;
}

static void apply_optimize(struct walk *w, const char *value)
{
	static const char *const known[] = {"", "0", "1", "2", "3", "s", "z", "g", "fast"};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (str_eq(value, known[i]))
			emit(w, "-O", value);
	if (value[0] >= '4' && value[0] <= '9') /* GCC: as 3 */
		emit(w, "-O", "3");
}

static void apply(struct walk *w, const struct flag *flag, const char *value, const char *word)
{
	struct arena *a = w->arena;
	switch (flag->action) {
	case FLAG_KEEP:
		if (flag->shape == FLAG_ALONE || str_eq(flag->name, "-Wno-"))
			vec_push(a, &w->out, word);
		else if (str_eq(flag->name, "-target") || str_eq(flag->name, "--target="))
			w->target = value;
		else
			emit(w, flag->name, value);
		break;
	case FLAG_DIRECTORY:
		if (*value && !str_eq(value, "-"))
			emit(w, str_eq(flag->name, "--sysroot") ? "--sysroot=" : flag->name,
				is_from_sysroot(value) ? value
						       : path_join(a, w->call->directory, value));
		break;
	case FLAG_FILE:
		emit_include(w, flag->name, value);
		break;
	case FLAG_PCH:
		emit_pch(w, value);
		break;
	case FLAG_LANGUAGE:
		w->x = language_named(value);
		break;
	case FLAG_STANDARD:
		w->standard = value;
		break;
	case FLAG_OPTIMIZE:
		apply_optimize(w, value);
		break;
	case FLAG_CODE:
		if (flag_code_is_kept(value))
			vec_push(a, &w->out, word);
		break;
	case FLAG_MACHINE:
		if (flag_machine_is_kept(value, w->arch))
			vec_push(a, &w->out, word);
		break;
	case FLAG_COMMA:
		walk_comma(w, value);
		break;
	case FLAG_UNWRAP:
	case FLAG_DROP:
		break;
	}
}

/* What -Xclang, -Xpreprocessor and -Wp, may carry: the preprocessor's options, nothing else. */
static bool is_allowed_inside(const struct flag *flag)
{
	return flag->shape == FLAG_EITHER &&
	       (flag->action == FLAG_KEEP || flag->action == FLAG_DIRECTORY ||
		       flag->action == FLAG_FILE);
}

static void meet_input(struct walk *w, const char *word)
{
	if (w->has_met_file ||
		!str_eq(path_join(w->arena, w->call->directory, word), w->call->file))
		return;
	w->has_met_file = true;
	w->x_of_file = w->x;
}

static void walk_words(struct walk *w, const char *const *words, size_t nr, bool is_inner)
{
	for (size_t i = 0; i < nr; i++) {
		const char *word = words[i];
		if (word[0] != '-' || !word[1]) {
			if (!is_inner)
				meet_input(w, word);
			continue;
		}
		if (str_eq(word, "--")) {
			while (!is_inner && ++i < nr)
				meet_input(w, words[i]);
			return;
		}
		const struct flag *flag = flag_find(word);
		if (!flag)
			continue;
		if (flag->action == FLAG_UNWRAP && !is_inner) {
			i = walk_wrapped(w, words, nr, i);
			continue;
		}
		const char *value = word + strlen(flag->name);
		if (flag->shape == FLAG_NEXT || flag->shape == FLAG_PREFIX_NEXT ||
			(flag->shape == FLAG_EITHER && !*value)) {
			if (++i == nr)
				return;
			value = words[i];
		}
		if (!is_inner || is_allowed_inside(flag))
			apply(w, flag, value, word);
	}
}

/* The last --target wins, before any -m option is judged by it. */
static const char *find_target(const struct compile_call *call)
{
	const char *target = call->target;
	for (size_t i = 0; i < call->nr_words; i++) {
		if (str_has_prefix(call->words[i], "--target="))
			target = call->words[i] + strlen("--target=");
		else if (str_eq(call->words[i], "-target") && i + 1 < call->nr_words)
			target = call->words[i + 1];
	}
	return target;
}

/* g++ takes .c and .i for C++ (GCC manual, "Invoking G++"). */
static const struct language *language_of_driver(
	const struct language *by_file, const struct compile_call *call)
{
	if (!by_file)
		return language_named(call->is_cxx_driver ? "c++" : "c");
	if (call->is_cxx_driver && str_eq(by_file->name, "c"))
		return language_named("c++");
	if (call->is_cxx_driver && str_eq(by_file->name, "cpp-output"))
		return language_named("c++-cpp-output");
	return by_file;
}

const char *sanitize(struct arena *a, const struct compile_call *call, struct compile_unit *out)
{
	const char *target = find_target(call);
	struct walk w = {.arena = a,
		.call = call,
		.arch = *target ? target : HOST_ARCH,
		.target = call->target};
	walk_words(&w, call->words, call->nr_words, false);

	const struct language *by_file = language_of_file(call->file);
	const struct language *x = w.has_met_file ? w.x_of_file : w.x;
	const struct language *language = x ? x : language_of_driver(by_file, call);
	bool is_header_file = by_file && str_eq(by_file->passed_over, "a header");
	if (is_header_file && !call->takes_headers)
		return by_file->passed_over;
	if (language->passed_over && !(is_header_file && call->takes_headers))
		return language->passed_over;
	if (language->passed_over)
		language = language_named(language->is_cxx ? "c++" : "c");

	struct words args = {0};
	if (*w.target)
		vec_push(a, &args, arena_printf(a, "--target=%s", w.target));
	if (language != by_file) {
		vec_push(a, &args, "-x");
		vec_push(a, &args, language->name);
	}
	const char *standard = w.standard ? flag_standard(w.standard, language->is_cxx) : NULL;
	if (standard)
		vec_push(a, &args, arena_printf(a, "-std=%s", standard));
	for (size_t i = 0; i < w.out.nr; i++)
		vec_push(a, &args, w.out.at[i]);
	*out = (struct compile_unit){.file = call->file,
		.directory = call->directory,
		.args = args.at,
		.nr_args = args.nr,
		.is_cxx = language->is_cxx};
	return NULL;
}
