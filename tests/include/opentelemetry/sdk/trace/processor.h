/* Stand-in: what happens to spans when they end. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_PROCESSOR_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_PROCESSOR_H

#pragma GCC system_header

#include <chrono>
#include <memory>

#include "opentelemetry/sdk/trace/recordable.h"
#include "opentelemetry/trace/span_context.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class SpanProcessor
{
public:
	virtual ~SpanProcessor() = default;
	virtual std::unique_ptr<Recordable> MakeRecordable() noexcept = 0;
	virtual void OnStart(Recordable &span,
		const opentelemetry::trace::SpanContext &parent_context) noexcept = 0;
	virtual void OnEnd(std::unique_ptr<Recordable> &&span) noexcept = 0;
	virtual bool ForceFlush(std::chrono::microseconds timeout) noexcept = 0;
	virtual bool Shutdown(std::chrono::microseconds timeout) noexcept = 0;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
