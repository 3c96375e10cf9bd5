/* Stand-in: a provider that records nothing. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_NOOP_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_NOOP_H

#pragma GCC system_header

#include "opentelemetry/trace/tracer.h"
#include "opentelemetry/trace/tracer_provider.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class NoopTracerProvider final : public TracerProvider
{
public:
	NoopTracerProvider() noexcept;
	nostd::shared_ptr<Tracer> GetTracer(nostd::string_view name, nostd::string_view version,
		nostd::string_view schema_url) noexcept override;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
