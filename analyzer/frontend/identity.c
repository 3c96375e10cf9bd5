/* Which libclang would be opened, told without opening it. */
#include "frontend/frontend.h"

#include "base/str.h"
#include "frontend/clang_api.h"

#include <stdlib.h>
#include <sys/stat.h>

static void add_stat(struct strbuf *b, const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0)
		strbuf_addf(b, "%s %lld %lld.%09ld %llu\n", path, (long long)st.st_size,
			(long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
			(unsigned long long)st.st_ino);
}

const char *frontend_state(struct arena *a)
{
	struct strbuf b;
	const char *named = getenv("OTEL_TIDY_LIBCLANG"), *search = getenv("LD_LIBRARY_PATH");
	strbuf_init(&b, a);
	if (named && named[0]) {
		strbuf_addf(&b, "%s\n", named);
		add_stat(&b, named);
		return strbuf_str(&b);
	}
	strbuf_addf(&b, "%s\n", search ? search : "");
	/* names without a directory are looked up in the linker's cache, which is written anew
	 * whenever a library comes or goes */
	add_stat(&b, "/etc/ld.so.cache");
	add_stat(&b, "/usr/lib");
	add_stat(&b, "/usr/local/lib");
	const char *path;
	for (size_t i = 0; (path = clang_api_place(a, i)); i++)
		if (path[0] == '/')
			add_stat(&b, path);
	return strbuf_str(&b);
}
