/* `otel-tidy pipeline`: judges what SDKs and Collectors keep. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/configured.h"

#include <errno.h>
#include <string.h>

/* A name that is wrong is a mistake on the command line; what is in a file is not. */
static int check_files(const struct options *o)
{
	for (size_t i = 0; i < o->paths.nr; i++) {
		const char *path = o->paths.at[i];
		if (file_exists(path) || strchr(path, ','))
			continue;
		if (dir_exists(path))
			return cli_fail("%s is a directory; name the files in it", path);
		return cli_fail("%s: %s", path, strerror(ENOENT));
	}
	return 0;
}

int command_pipeline(struct options *o)
{
	struct setup s;
	int failed = check_files(o);
	if (!failed)
		failed = setup_init(&s, o);
	if (!failed && o->paths.nr)
		failed = configured_read(&s, o, o->paths.at, o->paths.nr);
	else if (!failed && s.config.pipeline.nr)
		failed = configured_read(&s, o, s.config.pipeline.at, s.config.pipeline.nr);
	else if (!failed)
		failed = cli_fail("pipeline needs files: otel-tidy pipeline collector.yaml");
	return failed ? failed : setup_finish(&s, o);
}
