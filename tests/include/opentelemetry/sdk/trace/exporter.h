/* Stand-in: where spans go in the end. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_EXPORTER_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_EXPORTER_H

#pragma GCC system_header

#include <chrono>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class SpanExporter
{
public:
	virtual ~SpanExporter() = default;
	virtual bool ForceFlush(std::chrono::microseconds timeout) noexcept;
	virtual bool Shutdown(std::chrono::microseconds timeout) noexcept = 0;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
