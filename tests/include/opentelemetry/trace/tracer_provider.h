/* Stand-in: gives tracers. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACER_PROVIDER_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACER_PROVIDER_H

#pragma GCC system_header

#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class Tracer;

class TracerProvider
{
public:
	virtual ~TracerProvider() = default;
	virtual nostd::shared_ptr<Tracer> GetTracer(nostd::string_view name,
		nostd::string_view version = "", nostd::string_view schema_url = "") noexcept = 0;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
