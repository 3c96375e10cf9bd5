/* Stand-in: the process's provider. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_PROVIDER_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_PROVIDER_H

#pragma GCC system_header

#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/trace/noop.h"
#include "opentelemetry/trace/tracer.h"
#include "opentelemetry/trace/tracer_provider.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class Provider
{
public:
	static nostd::shared_ptr<TracerProvider> GetTracerProvider() noexcept;
	static void SetTracerProvider(const nostd::shared_ptr<TracerProvider> &provider) noexcept;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
