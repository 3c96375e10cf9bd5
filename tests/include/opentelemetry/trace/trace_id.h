/* Stand-in: sixteen bytes. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACE_ID_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACE_ID_H

#pragma GCC system_header

#include <cstddef>
#include <cstdint>

#include "opentelemetry/nostd/span.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class TraceId final
{
public:
	static constexpr std::size_t kSize = 16;

	TraceId() noexcept = default;
	explicit TraceId(nostd::span<const uint8_t, kSize> id) noexcept;
	void ToLowerBase16(nostd::span<char, 2 * kSize> buffer) const noexcept;
	bool IsValid() const noexcept;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
