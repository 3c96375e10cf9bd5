/* `otel-tidy init`: an otel-tidy.json to begin with, out of what is there. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/mentions.h"
#include "cli/setup.h"
#include "report/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define NAME "otel-tidy.json"

/* Directories that hold code of others in most projects that have them. */
static const char *const foreign[] = {"3rdparty", "_deps", "deps", "extern", "external",
	"subprojects", "third-party", "third_party", "thirdparty", "vendor"};

static void add_database(struct strbuf *b, struct options *o, const struct models *models)
{
	struct arena *a = o->arena;
	struct database db = {0};
	struct mentions m;
	const char *error, *cwd = path_cwd(a);
	const char *named = o->database[0] ? path_join(a, cwd, o->database) : cwd;
	const char *path = database_find(a, named, o->database[0] != '\0', &error);
	if (!path || !database_read(a, path, &db, &error)) {
		strbuf_addf(b, "\t// No compile database was found: cmake "
			       "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
			       "meson, or bear -- make write one.\n"
			       "\t// \"database\": \"build\",\n\n");
		return;
	}
	mentions_find(a, models, &db, &m);
	strbuf_addf(b, "\t// %s names %zu units; %zu of them use tracing",
		path_relative(a, cwd, path), db.units.nr, m.nr_units);
	for (size_t i = 0; i < m.all.nr; i++)
		strbuf_addf(b, "%s%s", i ? ", " : ": ", m.all.at[i].model);
	strbuf_add(b, ".\n");
	if (path_is_inside(cwd, path))
		strbuf_addf(b, "\t\"database\": \"%s\",\n\n",
			path_relative(a, cwd, path_dirname(a, path)));
	else
		strbuf_add(b, "\t// It is outside of this directory; -p names it.\n\n");
}

static void add_exclude(struct strbuf *b, struct arena *a, const char *cwd)
{
	size_t nr = 0;
	strbuf_add(b, "\t// Code of others: read to understand ours, never judged.\n\t");
	struct strbuf globs;
	strbuf_init(&globs, a);
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (dir_exists(path_join(a, cwd, foreign[i])))
			strbuf_addf(&globs, "%s\"%s/*\"", nr++ ? ", " : "", foreign[i]);
	if (nr)
		strbuf_addf(b, "\"exclude\": [%s],\n\n", strbuf_str(&globs));
	else
		strbuf_add(b, "// \"exclude\": [\"third_party/*\"],\n\n");
}

static const char *text_of(struct options *o, const struct models *models)
{
	struct strbuf b;
	unsigned major = 0, minor = 0;
	sscanf(OTEL_TIDY_VERSION, "%u.%u", &major, &minor);
	strbuf_init(&b, o->arena);
	strbuf_add(&b,
		"// What otel-tidy looks at here, and how strict it is. Comments are fine in this "
		"file.\n{\n"
		"\t\"$schema\": \"" OUTPUT_URI "/raw/main/rules/otel-tidy.schema.json\",\n\n");
	add_database(&b, o, models);
	strbuf_addf(&b,
		"\t// \"strict\" has more rules; some of them are a matter of taste.\n"
		"\t\"profile\": \"recommended\",\n\n"
		"\t// Rules that come with later versions wait until this is raised.\n"
		"\t\"rules_as_of\": \"%u.%u\",\n\n",
		major, minor);
	add_exclude(&b, o->arena, path_cwd(o->arena));
	strbuf_add(&b,
		"\t// The operations your business knows by name: each has to own a span, with "
		"these "
		"attributes on every path.\n"
		"\t// OTEL_CRITICAL_PATH(\"name\", \"key\") before a function says the same in "
		"code.\n"
		"\t\"critical_paths\": [\n"
		"\t\t// { \"name\": \"checkout.place_order\", \"function\": \"place_order\", "
		"\"attributes\": [\"tenant.id\", \"app.order.id\"] }\n"
		"\t],\n\n"
		"\t// Other severities: for all, and for a part. \"otel-tidy rules\" lists the "
		"names.\n"
		"\t\"rules\": {\n"
		"\t\t// \"span-in-loop\": \"off\"\n"
		"\t},\n"
		"\t// \"overrides\": [{ \"files\": [\"src/old/*\"], \"rules\": { \"span-leak\": "
		"\"note\" } "
		"}],\n\n"
		"\t// Findings that are there today: otel-tidy baseline accept.\n"
		"\t// \"baseline\": \"otel-tidy.baseline\",\n\n"
		"\t// The least severity that fails a build.\n"
		"\t\"fail_on\": \"warning\"\n"
		"}\n");
	return strbuf_str(&b);
}

int command_init(struct options *o)
{
	struct models models;
	struct model_error error;
	const char *path = path_join(o->arena, path_cwd(o->arena), NAME);
	if (o->paths.nr)
		return cli_fail("init takes no path: it writes " NAME " where you are");
	if (file_exists(path))
		return cli_fail(
			"%s is there already; otel-tidy doctor tells what it makes of it", path);
	models_init(&models, o->arena);
	if (!models_add_builtin(&models, &error))
		return cli_fail("%s: %s", error.file, error.text);
	const char *text = text_of(o, &models);
	if (!file_write(path, text, strlen(text)))
		return cli_fail("cannot write %s: %s", path, strerror(errno));
	printf("wrote " NAME "\nnext: otel-tidy doctor, then otel-tidy\n");
	return EXIT_CLEAN;
}
