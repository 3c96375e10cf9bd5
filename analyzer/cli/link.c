/* `otel-tidy link`: judges facts files. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FACTS_BYTES ((size_t)1 << 30)

static int compare_names(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

int command_link(struct options *o)
{
	struct setup s;
	if (!o->paths.nr)
		return cli_fail("link needs facts files, as otel-tidy collect writes them");
	int failed = setup_init(&s, o);
	if (failed)
		return failed;
	qsort(o->paths.at, o->paths.nr, sizeof(*o->paths.at), compare_names);
	for (size_t i = 0; i < o->paths.nr; i++) {
		size_t n;
		const char *bytes = file_read(o->arena, o->paths.at[i], FACTS_BYTES, &n);
		if (!bytes)
			return cli_fail("%s: %s", o->paths.at[i], strerror(errno));
		setup_add(&s, o->arena, o->paths.at[i], bytes, n, "");
	}
	return setup_finish(&s, o);
}
