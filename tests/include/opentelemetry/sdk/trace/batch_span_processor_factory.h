/* Stand-in: exports spans in batches. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_BATCH_SPAN_PROCESSOR_FACTORY_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_BATCH_SPAN_PROCESSOR_FACTORY_H

#pragma GCC system_header

#include <memory>

#include "opentelemetry/sdk/trace/batch_span_processor_options.h"
#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/processor.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class BatchSpanProcessorFactory
{
public:
	static std::unique_ptr<SpanProcessor> Create(std::unique_ptr<SpanExporter> &&exporter,
		const BatchSpanProcessorOptions &options);
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
