/* Stand-in: what of a span travels. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/trace/span_id.h"
#include "opentelemetry/trace/trace_flags.h"
#include "opentelemetry/trace/trace_id.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class SpanContext final
{
public:
	SpanContext(bool sampled_flag, bool is_remote) noexcept;
	SpanContext(TraceId trace_id, SpanId span_id, TraceFlags trace_flags,
		bool is_remote) noexcept;
	bool IsValid() const noexcept;
	const TraceFlags &trace_flags() const noexcept;
	const TraceId &trace_id() const noexcept;
	const SpanId &span_id() const noexcept;
	bool IsRemote() const noexcept;
	bool IsSampled() const noexcept;
	static SpanContext GetInvalid() noexcept;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
