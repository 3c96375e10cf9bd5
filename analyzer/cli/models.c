/* `otel-tidy models check`: are these model files sound? */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/setup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define MODEL_BYTES ((size_t)16 << 20)

int command_models(struct options *o)
{
	if (o->paths.nr < 2 || !str_eq(o->paths.at[0], "check"))
		return cli_fail("models needs a verb and files: otel-tidy models check FILE...");
	struct models models;
	struct model_error error;
	models_init(&models, o->arena);
	if (!models_add_builtin(&models, &error))
		return cli_fail("%s:%u: %s", error.file, error.line, error.text);
	int failed = 0;
	for (size_t i = 1; i < o->paths.nr; i++) {
		const char *path = o->paths.at[i];
		const char *text = file_read(o->arena, path, MODEL_BYTES, NULL);
		if (!text) {
			failed = cli_fail("%s: %s", path, strerror(errno));
			continue;
		}
		size_t before = models.nr_calls + models.nr_types + models.nr_ios;
		if (!models_add(&models, path, text, &error)) {
			failed = cli_fail("%s:%u: %s", error.file, error.line, error.text);
			continue;
		}
		printf("%s: sound, %zu entries\n", path,
			models.nr_calls + models.nr_types + models.nr_ios - before);
	}
	return failed;
}
