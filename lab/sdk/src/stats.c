/* SPDX-License-Identifier: Apache-2.0 */
/* Self-observation: what was counted, by ctel's names and by OpenTelemetry's. What every span
 * counts is counted by each thread for itself, so that threads do not wait for each other. */
#include "sdk.h"

static _Atomic uint64_t counts[NR_COUNTS];

void count_add(enum count which, uint64_t n)
{
	atomic_fetch_add_explicit(&counts[which], n, memory_order_relaxed);
}

void count_sub(enum count which, uint64_t n)
{
	atomic_fetch_sub_explicit(&counts[which], n, memory_order_relaxed);
}

/* ---- How long exports took ------------------------------------------------------------------ */

/* Those that the semantic conventions give for the duration of HTTP requests. */
static const double bounds[CTEL_NR_BOUNDS] = {
	0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};

static struct {
	_Atomic uint64_t nr[CTEL_NR_BOUNDS + 1], sum_ns;
} durations[NR_DURATIONS];

void duration_add(enum duration which, uint64_t ns)
{
	unsigned i = 0;
	while (i < CTEL_NR_BOUNDS && (double)ns > bounds[i] * 1e9)
		i++;
	atomic_fetch_add(&durations[which].nr[i], 1);
	atomic_fetch_add(&durations[which].sum_ns, ns);
}

void ctel_stats_durations(ctel_durations_fn each, void *user)
{
	static const char *const attributes[NR_DURATIONS] = {
		"", "error.type=rejected", "error.type=timeout", "error.type=_OTHER"};
	for (int i = 0; i < NR_DURATIONS; i++) {
		ctel_durations d = {.bounds = bounds};
		for (int k = 0; k <= CTEL_NR_BOUNDS; k++) {
			d.nr[k] = atomic_load(&durations[i].nr[k]);
			d.count += d.nr[k];
		}
		d.sum = (double)atomic_load(&durations[i].sum_ns) / 1e9;
		each(user, "otel.sdk.exporter.operation.duration", attributes[i], &d);
	}
}

/* ---- What was counted ----------------------------------------------------------------------- */

void count_reset(void)
{
	for (int i = 0; i < NR_COUNTS; i++)
		atomic_store(&counts[i], 0);
	for (int i = 0; i < NR_DURATIONS; i++) {
		atomic_store(&durations[i].sum_ns, 0);
		for (int k = 0; k <= CTEL_NR_BOUNDS; k++)
			atomic_store(&durations[i].nr[k], 0);
	}
}

void ctel_stats_get(ctel_stats *out)
{
	uint64_t ended = thread_sum(COUNT_ENDED); /* before started: it is not more then */
	*out = (ctel_stats){
		.ended = ended,
		.started = thread_sum(COUNT_STARTED),
		.sampled = thread_sum(COUNT_SAMPLED),
		.unsampled = thread_sum(COUNT_UNSAMPLED),
		.exported = atomic_load(&counts[COUNT_EXPORTED]),
		.dropped = atomic_load(&counts[COUNT_DROPPED]),
		.misused = atomic_load(&counts[COUNT_MISUSED]),
		.rejected = atomic_load(&counts[COUNT_REJECTED]),
		.retried = atomic_load(&counts[COUNT_RETRIED]),
		.bytes = atomic_load(&counts[COUNT_BYTES]),
		.queued = queue_waiting(),
	};
}

/* Names and attributes: semantic conventions, "OpenTelemetry SDK metrics". */
void ctel_stats_each(ctel_metric_fn each, void *user)
{
	ctel_stats s;
	ctel_stats_get(&s);
	uint64_t full = atomic_load(&counts[COUNT_DROPPED_FULL]);
	const struct {
		const char *name, *attribute;
		uint64_t value;
	} metrics[] = {
		{"otel.sdk.span.started", "otel.span.sampling_result=RECORD_AND_SAMPLE", s.sampled},
		{"otel.sdk.span.started", "otel.span.sampling_result=RECORD_ONLY",
			s.started - s.sampled},
		{"otel.sdk.span.started", "otel.span.sampling_result=DROP", s.unsampled},
		{"otel.sdk.span.live", "otel.span.sampling_result=RECORD_AND_SAMPLE",
			s.started > s.ended ? s.started - s.ended : 0},
		{"otel.sdk.processor.span.queue.size", "", s.queued},
		{"otel.sdk.processor.span.queue.capacity", "", queue_capacity()},
		{"otel.sdk.processor.span.processed", "", s.exported + s.dropped - full},
		{"otel.sdk.processor.span.processed", "error.type=queue_full", full},
		{"otel.sdk.exporter.span.inflight", "", atomic_load(&counts[COUNT_INFLIGHT])},
		{"otel.sdk.exporter.span.exported", "", s.exported},
		{"otel.sdk.exporter.span.exported", "error.type=rejected", s.rejected},
		{"otel.sdk.exporter.span.exported", "error.type=_OTHER",
			s.dropped - full - s.rejected},
	};
	for (size_t i = 0; i < sizeof(metrics) / sizeof(*metrics); i++)
		each(user, metrics[i].name, metrics[i].attribute, metrics[i].value);
}
