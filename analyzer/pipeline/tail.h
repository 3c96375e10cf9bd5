/* tail_sampling: what its policies keep of each class of traces.
 *
 * As processor 0.161.0 decides: a drop policy first, then any policy that samples. An inverted
 * match is a match like any other there (its page still speaks of inverted decisions; nothing makes
 * them any more). Policies that sample by the trace's number with the same salt keep nested sets,
 * so that 10 % and 20 % together are 20 %. */
#ifndef OTEL_TIDY_PIPELINE_TAIL_H
#define OTEL_TIDY_PIPELINE_TAIL_H

#include "pipeline/system.h"

/* What becomes of the traces that arrive, `in` being the shares that arrive of each class. */
struct shares tail_shares(struct arena *a, const struct yaml *config, const struct shares *in,
	const struct traffic *traffic);
/* The same of one policy, as if it were alone. */
struct shares policy_shares(
	const struct yaml *policy, const struct shares *in, const struct traffic *traffic);

const char *policy_type(const struct yaml *policy); /* "" when it has none */
const char *policy_name(const struct yaml *policy);
/* The list of policies in an and, drop or composite policy, or NULL; of a tail_sampling: its own.
 */
const struct yaml *policy_list(const struct yaml *policy);
/* Calls `see` for the policy and all policies in it. */
void policy_walk(const struct yaml *policy,
	void (*see)(void *ctx, const struct yaml *policy, unsigned depth), void *ctx);

/* Does a policy look at what tells an error: status, or an attribute that says so? */
bool tail_looks_at_errors(const struct yaml *config);
bool tail_looks_at_latency(const struct yaml *config);
/* The longest latency threshold in seconds; 0: none. */
double tail_latency(const struct yaml *config, const struct yaml **at);
double tail_wait(const struct yaml *config);       /* decision_wait in seconds, 30 by default */
double tail_num_traces(const struct yaml *config); /* 50000 by default; 0: not known */

#endif
