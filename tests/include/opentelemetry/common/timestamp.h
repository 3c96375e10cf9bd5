/* Stand-in: points in time. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_COMMON_TIMESTAMP_H
#define TESTS_INCLUDE_OPENTELEMETRY_COMMON_TIMESTAMP_H

#pragma GCC system_header

#include <chrono>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace common
{
class SystemTimestamp
{
public:
	SystemTimestamp() noexcept;
	SystemTimestamp(const std::chrono::system_clock::time_point &at) noexcept;
	template <class Rep, class Period>
	explicit SystemTimestamp(const std::chrono::duration<Rep, Period> &since_epoch) noexcept;
	std::chrono::nanoseconds time_since_epoch() const noexcept;
};

class SteadyTimestamp
{
public:
	SteadyTimestamp() noexcept;
	SteadyTimestamp(const std::chrono::steady_clock::time_point &at) noexcept;
	template <class Rep, class Period>
	explicit SteadyTimestamp(const std::chrono::duration<Rep, Period> &since_epoch) noexcept;
	std::chrono::nanoseconds time_since_epoch() const noexcept;
};
} // namespace common
OPENTELEMETRY_END_NAMESPACE

#endif
