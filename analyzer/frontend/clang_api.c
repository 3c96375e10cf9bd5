/* Opens libclang: the file $OTEL_TIDY_LIBCLANG names, or the newest that can be found. */
#include "frontend/clang_api.h"

#include "base/path.h"
#include "base/str.h"

#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OLDEST 18
#define NEWEST 25

struct clang_api clang;

/* Version N of the library under the names that Debian, Ubuntu, Fedora, Arch, Homebrew and LLVM's
 * own tarballs give it. */
static const char *const places[] = {
	"libclang-%d.so.1",
	"libclang-%d.so.%d",
	"libclang.so.%d",
	"libclang-%d.so",
	"/usr/lib/llvm-%d/lib/libclang.so.1",
	"/usr/lib/llvm-%d/lib/libclang-%d.so.1",
	"/usr/lib/llvm%d/lib/libclang.so",
	"/usr/lib64/llvm%d/lib/libclang.so",
	"/opt/homebrew/opt/llvm@%d/lib/libclang.dylib",
	"/usr/local/opt/llvm@%d/lib/libclang.dylib",
};

static const char *const unversioned[] = {
	"libclang.so.1",
	"libclang.so",
	"/opt/homebrew/opt/llvm/lib/libclang.dylib",
	"/usr/local/opt/llvm/lib/libclang.dylib",
};

static int version_number(const char *version)
{
	const char *p = strstr(version, "version ");
	return p ? atoi(p + strlen("version ")) : 0;
}

static const char *library_path(struct arena *a, const char *opened)
{
	Dl_info info;
	char real[PATH_MAX];
	if (dladdr((void *)(uintptr_t)clang.getClangVersion, &info) && info.dli_fname) {
		if (realpath(info.dli_fname, real))
			return arena_strdup(a, real);
		return arena_strdup(a, info.dli_fname);
	}
	return arena_strdup(a, opened);
}

/* Fills `clang`. NULL when all went well, else what went wrong. */
static const char *fill(struct arena *a, struct clang_library *lib, const char *opened)
{
	static const struct {
		const char *name;
		size_t offset;
	} symbols[] = {
#define X(name) {"clang_" #name, offsetof(struct clang_api, name)},
		CLANG_API(X)
#undef X
	};
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		void *address = dlsym(lib->handle, symbols[i].name);
		if (!address)
			return arena_printf(a, "it has no %s, so it is older than libclang %d",
				symbols[i].name, OLDEST);
		memcpy((char *)&clang + symbols[i].offset, &address, sizeof(address));
	}
	CXString version = clang.getClangVersion();
	lib->version = arena_strdup(a, clang.getCString(version));
	clang.disposeString(version);
	lib->major = version_number(lib->version);
	if (lib->major < OLDEST)
		return arena_printf(a, "it is %s; %d or later is needed", lib->version, OLDEST);
	lib->path = library_path(a, opened);
	return NULL;
}

static bool try_open(struct arena *a, struct clang_library *lib, const char *name)
{
	lib->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (!lib->handle)
		return false;
	if (!fill(a, lib, name))
		return true;
	dlclose(lib->handle);
	lib->handle = NULL;
	return false;
}

static bool open_named(
	struct arena *a, struct clang_library *lib, const char *name, const char **error)
{
	const char *why;
	lib->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (lib->handle) {
		why = fill(a, lib, name);
		if (!why)
			return true;
		dlclose(lib->handle);
		lib->handle = NULL;
	} else {
		why = dlerror();
	}
	*error = arena_printf(a, "cannot use $OTEL_TIDY_LIBCLANG=%s: %s", name, why);
	return false;
}

/* The pattern holds one or two %d, both the version. */
static const char *place_name(struct arena *a, const char *pattern, int version)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (const char *p = pattern; *p; p++) {
		if (p[0] == '%' && p[1] == 'd') {
			strbuf_addf(&b, "%d", version);
			p++;
		} else {
			strbuf_addc(&b, *p);
		}
	}
	return strbuf_str(&b);
}

const char *clang_api_place(struct arena *a, size_t i)
{
	const size_t nr = sizeof(places) / sizeof(places[0]);
	const size_t nr_versions = NEWEST - OLDEST + 1;
	if (i < nr * nr_versions)
		return place_name(a, places[i % nr], NEWEST - (int)(i / nr));
	i -= nr * nr_versions;
	return i < sizeof(unversioned) / sizeof(unversioned[0]) ? unversioned[i] : NULL;
}

bool clang_api_load(struct arena *a, struct clang_library *lib, const char **error)
{
	const char *named = getenv("OTEL_TIDY_LIBCLANG");
	if (named && *named)
		return open_named(a, lib, named, error);
	for (int version = NEWEST; version >= OLDEST; version--) {
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
			const char *name = place_name(a, places[i], version);
			if (name[0] == '/' && !file_exists(name))
				continue;
			if (try_open(a, lib, name))
				return true;
		}
	}
	for (size_t i = 0; i < sizeof(unversioned) / sizeof(unversioned[0]); i++)
		if (try_open(a, lib, unversioned[i]))
			return true;
	*error = arena_printf(a,
		"no libclang between %d and %d was found (tried libclang-N.so.1, "
		"/usr/lib/llvm-N/lib and libclang.so); install one, on Debian and Ubuntu: "
		"apt-get install libclang1-19, or name its file in $OTEL_TIDY_LIBCLANG",
		OLDEST, NEWEST);
	return false;
}
