/* Stand-in: exports each span as it ends. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_SIMPLE_PROCESSOR_FACTORY_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_SIMPLE_PROCESSOR_FACTORY_H

#pragma GCC system_header

#include <memory>

#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/processor.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class SimpleSpanProcessorFactory
{
public:
	static std::unique_ptr<SpanProcessor> Create(std::unique_ptr<SpanExporter> &&exporter);
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
