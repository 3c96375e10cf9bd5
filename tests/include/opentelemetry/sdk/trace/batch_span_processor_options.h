/* Stand-in: how batches are made. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_BATCH_SPAN_PROCESSOR_OPTIONS_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_BATCH_SPAN_PROCESSOR_OPTIONS_H

#pragma GCC system_header

#include <chrono>
#include <cstddef>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
struct BatchSpanProcessorOptions {
	std::size_t max_queue_size = 2048;
	std::chrono::milliseconds schedule_delay_millis = std::chrono::milliseconds(5000);
	std::size_t max_export_batch_size = 512;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
