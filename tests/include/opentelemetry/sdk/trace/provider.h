/* Stand-in: installs it. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_PROVIDER_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_PROVIDER_H

#pragma GCC system_header

#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/trace/tracer_provider.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class Provider
{
public:
	static void SetTracerProvider(
		const nostd::shared_ptr<opentelemetry::trace::TracerProvider> &provider) noexcept;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
