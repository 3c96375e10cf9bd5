/* Toolchain: finds clang's builtin headers, which no libclang package brings along by itself. */
#include "project/toolchain.h"

#include "base/path.h"
#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool has_headers(struct arena *a, const char *dir)
{
	return file_exists(arena_printf(a, "%s/include/stddef.h", dir));
}

/* `parent` is a folder ".../clang": the entry "19", else the last of "19.1.7" and the like. */
static const char *probe(struct arena *a, const char *parent, int major)
{
	char *dir = arena_printf(a, "%s/%d", parent, major);
	if (has_headers(a, dir))
		return path_normalize(a, dir);
	size_t nr = 0;
	char **names = dir_list(a, parent, &nr);
	const char *prefix = arena_printf(a, "%d.", major);
	for (size_t i = names ? nr : 0; i-- > 0;) {
		if (!str_has_prefix(names[i], prefix))
			continue;
		dir = arena_printf(a, "%s/%s", parent, names[i]);
		if (has_headers(a, dir))
			return path_normalize(a, dir);
	}
	return NULL;
}

static const char *probe_beside(struct arena *a, const char *library, int major)
{
	static const char *const beside[] = {"clang", "../lib/clang", "../lib64/clang", "../clang",
		"../../clang", "../../lib/clang"};
	const char *dir = path_dirname(a, library);
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		const char *found = probe(a, arena_printf(a, "%s/%s", dir, beside[i]), major);
		if (found)
			return found;
	}
	return NULL;
}

/* Where distributions put them: Debian and Ubuntu; Fedora and Arch; SUSE; Alpine; Gentoo; FreeBSD;
 * Homebrew on both kinds of Mac; a local build. %d is the major version. */
static const char *probe_known(struct arena *a, int major)
{
	const char *const known[] = {
		arena_printf(a, "/usr/lib/llvm-%d/lib/clang", major),
		"/usr/lib/clang",
		"/usr/lib64/clang",
		arena_printf(a, "/usr/lib64/llvm%d/lib/clang", major),
		arena_printf(a, "/usr/lib/llvm%d/lib/clang", major),
		arena_printf(a, "/usr/lib/llvm/%d/lib/clang", major),
		arena_printf(a, "/usr/local/llvm%d/lib/clang", major),
		arena_printf(a, "/opt/homebrew/opt/llvm@%d/lib/clang", major),
		"/opt/homebrew/opt/llvm/lib/clang",
		arena_printf(a, "/usr/local/opt/llvm@%d/lib/clang", major),
		"/usr/local/opt/llvm/lib/clang",
		"/usr/local/lib/clang",
		arena_printf(a, "/opt/llvm-%d/lib/clang", major),
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const char *found = probe(a, known[i], major);
		if (found)
			return found;
	}
	return NULL;
}

/* Headers of a neighbouring version: nearly all of them are the same, and stddef.h surely is. */
static const char *probe_neighbours(struct arena *a, int major)
{
	for (int distance = 1; distance <= 8; distance++) {
		const char *found = probe_known(a, major - distance);
		if (!found)
			found = probe_known(a, major + distance);
		if (found)
			return found;
	}
	return NULL;
}

/* GCC's own headers, of the newest version: where libclang was installed without its headers there
 * is usually a gcc. With clang 19 and gcc 12 all but <stdatomic.h> and the intrinsics work. */
static const char *probe_gcc(struct arena *a)
{
	static const char *const places[] = {
		"/usr/lib/gcc", "/usr/lib64/gcc", "/usr/local/lib/gcc"};
	const char *best = NULL;
	long best_version = 0;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		size_t nr_triples = 0;
		char **triples = dir_list(a, places[i], &nr_triples);
		for (size_t t = 0; triples && t < nr_triples; t++) {
			size_t nr = 0;
			const char *triple = arena_printf(a, "%s/%s", places[i], triples[t]);
			char **versions = dir_list(a, triple, &nr);
			for (size_t v = 0; versions && v < nr; v++) {
				const char *dir = arena_printf(a, "%s/%s", triple, versions[v]);
				long version = strtol(versions[v], NULL, 10);
				if (version > best_version && has_headers(a, dir)) {
					best_version = version;
					best = dir;
				}
			}
		}
	}
	return best;
}

const char *toolchain_resource_dir(struct arena *a, const char *libclang_path, int major)
{
	const char *named = getenv("OTEL_TIDY_RESOURCE_DIR");
	if (named && *named && has_headers(a, named))
		return path_join(a, path_cwd(a), named);
	const char *found = NULL;
	/* A bare file name came from the loader's search path and says nothing about a place. */
	if (libclang_path && strchr(libclang_path, '/')) {
		char real[PATH_MAX];
		found = probe_beside(a, libclang_path, major);
		if (!found && realpath(libclang_path, real))
			found = probe_beside(a, real, major);
	}
	if (!found)
		found = probe_known(a, major);
	if (!found)
		found = probe_neighbours(a, major);
	return found ? found : probe_gcc(a);
}
