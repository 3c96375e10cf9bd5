/* `otel-tidy link`: judges facts files. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/gather.h"
#include "cli/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FACTS_BYTES ((size_t)1 << 30)
#define LIST_BYTES  ((size_t)64 << 20)

/* In the order of the units' names, as check has them: "a.c" before "a.c-x", which is the other way
 * round with ".facts" at their ends. */
static int compare_names(const void *x, const void *y)
{
	const char *a = *(const char *const *)x, *b = *(const char *const *)y;
	size_t na = strlen(a) - (str_has_suffix(a, ".facts") ? 6 : 0);
	size_t nb = strlen(b) - (str_has_suffix(b, ".facts") ? 6 : 0);
	int order = memcmp(a, b, na < nb ? na : nb);
	return order ? order : (na > nb) - (na < nb);
}

/* --list: a file with a name on each line, relative to where the list is. */
static int add_list(struct options *o)
{
	if (!o->list[0])
		return 0;
	const char *text = file_read(o->arena, o->list, LIST_BYTES, NULL);
	if (!text)
		return cli_fail("%s: %s", o->list, strerror(errno));
	const char *path = path_join(o->arena, path_cwd(o->arena), o->list);
	const char *dir = path_dirname(o->arena, path);
	while (*text) {
		size_t n = strcspn(text, "\n");
		const char *name = arena_strndup(o->arena, text, n);
		if (n)
			vec_push(o->arena, &o->paths, path_join(o->arena, dir, name));
		text += n + (text[n] == '\n');
	}
	return 0;
}

/* Where the facts are from: what reports say of it. */
static int set_origin(struct setup *s, struct options *o, const char **database)
{
	const char *error, *cwd = path_cwd(o->arena);
	*database = "";
	if (o->root[0])
		s->root = path_join(o->arena, cwd, o->root);
	s->program.is_whole = o->is_whole;
	if (!o->database[0])
		return 0;
	const char *path =
		database_find(o->arena, path_join(o->arena, cwd, o->database), true, &error);
	if (!path)
		return cli_fail("%s", error);
	s->database = path_relative(o->arena, s->root, path);
	*database = path_relative(o->arena, cwd, path);
	return 0;
}

/* A unit that could not be read whole is shown again as check would show it. */
static void add_commands(struct setup *s, struct options *o, const char *database)
{
	struct options plain = *o;
	plain.has_flags = false;
	for (size_t i = 0; database[0] && i < s->incomplete.nr; i++)
		if (!s->incomplete.at[i].command[0])
			s->incomplete.at[i].command =
				gather_again(&plain, s->incomplete.at[i].file, database);
}

int command_link(struct options *o)
{
	struct setup s;
	const char *database;
	int failed = add_list(o);
	if (!failed && !o->paths.nr)
		return cli_fail("link needs facts files, as otel-tidy collect writes them");
	if (!failed)
		failed = setup_init(&s, o);
	if (!failed)
		failed = set_origin(&s, o, &database);
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
	add_commands(&s, o, database);
	return setup_finish(&s, o);
}
