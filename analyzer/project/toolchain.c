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
	return found ? found : probe_known(a, major);
}
