/* Stand-in: where spans go in the end. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_EXPORTER_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_EXPORTER_H

#pragma GCC system_header

#include <chrono>
#include <memory>

#include "opentelemetry/nostd/span.h"
#include "opentelemetry/sdk/trace/recordable.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace common
{
enum class ExportResult { kSuccess = 0, kFailure, kFailureFull, kFailureInvalidArgument };
} // namespace common
namespace trace
{
class SpanExporter
{
public:
	virtual ~SpanExporter() = default;
	virtual std::unique_ptr<Recordable> MakeRecordable() noexcept = 0;
	virtual sdk::common::ExportResult Export(
		const nostd::span<std::unique_ptr<Recordable>> &spans) noexcept = 0;
	virtual bool ForceFlush(std::chrono::microseconds timeout) noexcept;
	virtual bool Shutdown(std::chrono::microseconds timeout) noexcept = 0;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
