/* Stand-in: eight bytes. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_ID_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_ID_H

#pragma GCC system_header

#include <cstddef>
#include <cstdint>

#include "opentelemetry/nostd/span.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class SpanId final
{
public:
	static constexpr std::size_t kSize = 8;

	SpanId() noexcept = default;
	explicit SpanId(nostd::span<const uint8_t, kSize> id) noexcept;
	void ToLowerBase16(nostd::span<char, 2 * kSize> buffer) const noexcept;
	bool IsValid() const noexcept;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
