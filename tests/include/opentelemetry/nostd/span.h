/* Stand-in: a borrowed array. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_SPAN_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_SPAN_H

#pragma GCC system_header

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
constexpr std::size_t dynamic_extent = static_cast<std::size_t>(-1);

template <class T, std::size_t Extent = dynamic_extent> class span
{
public:
	span() noexcept;
	span(T *data, std::size_t size) noexcept;
	span(T *first, T *last) noexcept;
	template <std::size_t N> span(T (&array)[N]) noexcept;
	template <class C, std::enable_if_t<std::is_convertible_v<
				   decltype(std::data(std::declval<const C &>())), T *>> * = nullptr>
	span(const C &container) noexcept;
	T *data() const noexcept;
	std::size_t size() const noexcept;
	bool empty() const noexcept;
	T &operator[](std::size_t i) const noexcept;
	T *begin() const noexcept;
	T *end() const noexcept;
};
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
