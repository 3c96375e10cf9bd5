/* Stand-in: makes it. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_TRACER_PROVIDER_FACTORY_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_TRACER_PROVIDER_FACTORY_H

#pragma GCC system_header

#include <memory>

#include "opentelemetry/sdk/trace/processor.h"
#include "opentelemetry/sdk/trace/tracer_provider.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class TracerProviderFactory
{
public:
	static std::unique_ptr<opentelemetry::sdk::trace::TracerProvider> Create(
		std::unique_ptr<SpanProcessor> processor);
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
