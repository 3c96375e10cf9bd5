/* What the commands about traces share. */
#ifndef OTEL_TIDY_CLI_TRACE_H
#define OTEL_TIDY_CLI_TRACE_H

#include "cli/options.h"
#include "traces/load.h"
#include "traces/select.h"

struct trace_view {
	struct options *options;
	struct trace_input input;
	struct trace_index index;
	struct trace_names names;
	struct trace_chosen chosen;
};

/* Opens and indexes the files that were named; says on stderr what of them could not be read. 0, or
 * the exit code after an error. */
int trace_view_open(struct trace_view *v, struct options *o);
void trace_view_close(struct trace_view *v);
/* Those that were not printed yet; the last call counts what is not listed. */
void trace_print_problems(struct trace_input *in, bool is_last);

#endif
