/* Counts exported spans and says what sampling keeps of their traces.
 *
 *	tally count SAMPLING SLOW-MS FILE…     SAMPLING: all, head:0.1, tail:0.05
 *
 * Sampling is worked out over the files, as the samplers would decide: head keeps a share of traces
 *by their id, whatever comes later; tail keeps those with an error, those that took SLOW-MS or
 *longer from the first start to the last end, and a share of the others. Prints a line per number.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spans.h"

struct sampling {
	enum { KEEP_ALL, KEEP_HEAD, KEEP_TAIL } way;
	double share;
	double slow_ms;
};

struct tally {
	struct traces traces;
	unsigned long nr_spans, nr_errors, nr_roots;
	double bytes;
	bool is_short;
};

static void count_span(void *user, const struct span *span)
{
	struct tally *tally = user;
	struct trace *trace = traces_find(&tally->traces, span->trace_id);
	if (!trace) {
		tally->is_short = true;
		return;
	}
	if (!trace->nr_spans || span->start_ns < trace->start_ns)
		trace->start_ns = span->start_ns;
	if (span->end_ns > trace->end_ns)
		trace->end_ns = span->end_ns;
	trace->nr_spans++;
	trace->is_error |= span->is_error;
	trace->bytes += (double)span->bytes;
	tally->bytes += (double)span->bytes;
	tally->nr_spans++;
	tally->nr_errors += span->is_error;
	tally->nr_roots += span->is_root;
}

/* The last 56 bits of the id, which are random, as a number from 0 to 1. */
static double random_of(const char *trace_id)
{
	return strlen(trace_id) == 32 ? (double)strtoull(trace_id + 18, NULL, 16) / 0x1p56 : 0;
}

static bool is_kept(const struct sampling *sampling, const struct trace *trace, bool is_slow)
{
	if (sampling->way == KEEP_ALL)
		return true;
	if (sampling->way == KEEP_TAIL && (trace->is_error || is_slow))
		return true;
	return random_of(trace->id) >= 1 - sampling->share;
}

static void print_classes(const struct tally *tally, const struct sampling *sampling, double scale)
{
	static const char *const names[] = {"errors", "slow", "routine"};
	unsigned nr[3] = {0}, kept[3] = {0};
	double kept_bytes = 0;
	for (size_t i = 0; i < tally->traces.cap; i++) {
		const struct trace *trace = tally->traces.slots[i];
		if (!trace)
			continue;
		bool is_slow = (double)(trace->end_ns - trace->start_ns) >= sampling->slow_ms * 1e6;
		int class = trace->is_error ? 0 : is_slow ? 1 : 2;
		nr[class]++;
		if (is_kept(sampling, trace, is_slow)) {
			kept[class]++;
			kept_bytes += trace->bytes * scale;
		}
	}
	for (int i = 0; i < 3; i++)
		printf("%s %u\nkept_%s %u\n", names[i], nr[i], names[i], kept[i]);
	printf("kept_bytes %.0f\n", kept_bytes);
}

static int count(const struct sampling *sampling, int nr_files, char **files)
{
	struct tally tally = {0};
	long size = 0;
	for (int i = 0; i < nr_files && size >= 0; i++) {
		long n = spans_read(files[i], count_span, &tally);
		size = n < 0 ? -1 : size + n;
	}
	if (size >= 0 && !tally.is_short) {
		printf("traces %zu\nspans %lu\nerror_spans %lu\nroots %lu\nbytes %ld\n",
			tally.traces.nr, tally.nr_spans, tally.nr_errors, tally.nr_roots, size);
		/* What surrounds the spans in the files is shared out among them. */
		print_classes(&tally, sampling, tally.bytes > 0 ? (double)size / tally.bytes : 0);
	}
	traces_free(&tally.traces);
	return size >= 0 && !tally.is_short ? 0 : 1;
}

static bool read_sampling(struct sampling *sampling, const char *text, const char *slow_ms)
{
	char *end;
	sampling->slow_ms = strtod(slow_ms, &end);
	if (*end || !strcmp(text, "all"))
		return !*end;
	sampling->way = !strncmp(text, "head:", 5) ? KEEP_HEAD : KEEP_TAIL;
	sampling->share = strtod(text + 5, &end);
	return (!strncmp(text, "head:", 5) || !strncmp(text, "tail:", 5)) && !*end &&
	       sampling->share >= 0 && sampling->share <= 1;
}

int main(int argc, char **argv)
{
	struct sampling sampling = {.way = KEEP_ALL};
	int rc = 2;
	if (argc > 4 && !strcmp(argv[1], "count") && read_sampling(&sampling, argv[2], argv[3]))
		rc = count(&sampling, argc - 4, argv + 4);
	if (rc == 2)
		fprintf(stderr, "usage: tally count all|head:SHARE|tail:SHARE SLOW-MS FILE…\n");
	return rc;
}
