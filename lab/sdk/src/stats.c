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

void count_reset(void)
{
	for (int i = 0; i < NR_COUNTS; i++)
		atomic_store(&counts[i], 0);
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
