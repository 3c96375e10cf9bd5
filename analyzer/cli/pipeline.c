/* `otel-tidy pipeline`: judges what SDKs and Collectors keep. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/configured.h"
#include "cli/draw.h"
#include "cli/plan.h"

#include <errno.h>
#include <stdio.h>
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

/* --graph and --plan: shown in place of a report. */
static int show(struct setup *s, struct options *o)
{
	struct strbuf out;
	struct prices prices;
	const char *error = "";
	strbuf_init(&out, o->arena);
	if (o->is_plan && !prices_read(o->arena, o->prices, &prices, &error))
		return cli_fail("%s", error);
	for (size_t i = 0; i < s->incomplete.nr; i++)
		cli_fail("%s: %s", s->incomplete.at[i].file, s->incomplete.at[i].text);
	if (str_eq(o->graph, "text"))
		draw_text(&out, s->system);
	else if (str_eq(o->graph, "dot"))
		draw_dot(&out, s->system);
	else if (str_eq(o->graph, "svg"))
		draw_svg(&out, s->system);
	if (o->is_plan && o->outputs.nr && str_eq(o->outputs.at[0].format, "json"))
		plan_json(&out, s->system, &prices);
	else if (o->is_plan)
		plan_text(&out, s->system, &prices);
	fputs(strbuf_str(&out), stdout);
	return s->incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
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
	if (!failed && (o->graph[0] || o->is_plan))
		return show(&s, o);
	return failed ? failed : setup_finish(&s, o);
}
