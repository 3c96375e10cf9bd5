/* `otel-tidy check`: collects every unit, links, judges, reports. */
#include "cli/commands.h"
#include "cli/configured.h"
#include "cli/gather.h"

int command_check(struct options *o)
{
	struct setup s;
	int failed = gather(&s, o);
	if (!failed && s.config.pipeline.nr)
		failed = configured_read(&s, o, s.config.pipeline.at, s.config.pipeline.nr);
	return failed ? failed : setup_finish(&s, o);
}
