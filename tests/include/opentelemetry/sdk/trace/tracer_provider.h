/* Stand-in: the provider that records. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_TRACER_PROVIDER_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_TRACER_PROVIDER_H

#pragma GCC system_header

#include <chrono>
#include <memory>

#include "opentelemetry/sdk/trace/processor.h"
#include "opentelemetry/trace/tracer_provider.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class TracerProvider final : public opentelemetry::trace::TracerProvider
{
public:
	explicit TracerProvider(std::unique_ptr<SpanProcessor> processor) noexcept;
	~TracerProvider() override;
	nostd::shared_ptr<opentelemetry::trace::Tracer> GetTracer(nostd::string_view name,
		nostd::string_view version = "",
		nostd::string_view schema_url = "") noexcept override;
	bool Shutdown(std::chrono::microseconds timeout =
			      (std::chrono::microseconds::max)()) noexcept;
	bool ForceFlush(std::chrono::microseconds timeout =
				(std::chrono::microseconds::max)()) noexcept;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
