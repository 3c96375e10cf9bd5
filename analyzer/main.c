/* otel-tidy: parses the command line, runs the command, returns its exit code. */
#include "base/str.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "cli/version.h"

#include <stdio.h>

static int run(struct options *o)
{
	if (o->wants_version)
		return version_print(o->arena);
	for (const struct command *c = commands; c->name; c++)
		if (str_eq(c->name, o->command))
			return c->run(o);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	struct arena arena;
	struct options options;
	const char *error;
	int code;
	arena_init(&arena);
	if (!options_parse(&options, &arena, argc, argv, &error)) {
		code = cli_fail("%s", error);
	} else if (options.wants_help) {
		options_help(argc > 1 && argv[1][0] != '-' ? options.command : NULL);
		code = EXIT_CLEAN;
	} else {
		code = run(&options);
	}
	if ((fflush(stdout) != 0 || ferror(stdout)) && code != EXIT_USAGE)
		code = cli_fail("cannot write to standard output");
	arena_fini(&arena);
	return code;
}
