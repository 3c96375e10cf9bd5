/* Stand-in: a span on its way to an exporter. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_RECORDABLE_H
#define TESTS_INCLUDE_OPENTELEMETRY_SDK_TRACE_RECORDABLE_H

#pragma GCC system_header

#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace sdk
{
namespace trace
{
class Recordable
{
public:
	virtual ~Recordable() = default;
	virtual void SetName(nostd::string_view name) noexcept = 0;
};
} // namespace trace
} // namespace sdk
OPENTELEMETRY_END_NAMESPACE

#endif
