/* Notes the version of libclang beside what identifies the file. */
#include "engine/library.h"

#include "base/hash.h"
#include "base/path.h"
#include "frontend/frontend.h"

#include <string.h>

#define VERSION_BYTES 1024

const char *library_version(struct arena *a, const char *cache_dir)
{
	struct hash128 h;
	char hex[33];
	const char *error;
	hash128_init(&h);
	hash128_add_str(&h, frontend_state(a));
	hash128_hex(&h, hex);
	const char *note = arena_printf(a, "%s/libclang/%s", cache_dir, hex);
	const char *known = file_read(a, note, VERSION_BYTES, NULL);
	if (known && known[0])
		return known;
	struct frontend *f = frontend_open(a, &error);
	if (!f)
		return "";
	const char *version = arena_strdup(a, frontend_version(f));
	frontend_close(f);
	if (dir_make(path_dirname(a, note)))
		file_write(note, version, strlen(version));
	return version;
}
