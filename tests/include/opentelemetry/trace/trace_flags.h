/* Stand-in: sampled or not. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACE_FLAGS_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACE_FLAGS_H

#pragma GCC system_header

#include <cstdint>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class TraceFlags final
{
public:
	static constexpr uint8_t kIsSampled = 1;

	TraceFlags() noexcept = default;
	explicit TraceFlags(uint8_t flags) noexcept;
	bool IsSampled() const noexcept;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
