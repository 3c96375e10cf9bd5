/* `otel-tidy check`: collects every unit, links, judges, reports; or says again what a run said in
 * which all was as it is now. */
#include "cli/commands.h"
#include "cli/configured.h"
#include "cli/gather.h"
#include "cli/warm.h"

int command_check(struct options *o)
{
	struct setup s;
	struct database db;
	struct recording kept;
	int code;
	if (warm_find(o, &kept, &code))
		return code;
	code = gather_from(&s, o, &db);
	if (!code && s.config.pipeline.nr)
		code = configured_read(&s, o, s.config.pipeline.at, s.config.pipeline.nr);
	if (code)
		return code;
	s.recording = kept.path[0] ? &kept : NULL;
	code = setup_finish(&s, o);
	warm_keep(&kept, &s, o, &db, code);
	return code;
}
