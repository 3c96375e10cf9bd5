/* Stand-in: kinds, statuses, and how a span ends. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_METADATA_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_METADATA_H

#pragma GCC system_header

#include "opentelemetry/common/timestamp.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
enum class SpanKind {
	kInternal,
	kServer,
	kClient,
	kProducer,
	kConsumer,
};

enum class StatusCode {
	kUnset,
	kOk,
	kError,
};

constexpr char kSpanKey[] = "active_span";

struct EndSpanOptions {
	common::SteadyTimestamp end_steady_time;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
