/* `otel-tidy check`: collects every unit, links, judges, reports. */
#include "cli/commands.h"
#include "cli/gather.h"

int command_check(struct options *o)
{
	struct setup s;
	int failed = gather(&s, o);
	return failed ? failed : setup_finish(&s, o);
}
