/* Stand-in: maps and lists of pairs as attributes. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_COMMON_KEY_VALUE_ITERABLE_VIEW_H
#define TESTS_INCLUDE_OPENTELEMETRY_COMMON_KEY_VALUE_ITERABLE_VIEW_H

#pragma GCC system_header

#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>

#include "opentelemetry/common/key_value_iterable.h"
#include "opentelemetry/nostd/span.h"
#include "opentelemetry/nostd/type_traits.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace common
{
namespace detail
{
inline void take_key_value(nostd::string_view, AttributeValue)
{
}

template <class T>
auto test_key_value(T container)
	-> decltype(take_key_value(std::begin(container)->first, std::begin(container)->second),
		std::size(container), std::true_type{});
std::false_type test_key_value(...);

template <class T> struct is_key_value_iterable {
	static constexpr bool value = decltype(test_key_value(std::declval<T>()))::value;
};
} // namespace detail

template <class T> class KeyValueIterableView final : public KeyValueIterable
{
public:
	explicit KeyValueIterableView(const T &container) noexcept;
	bool ForEachKeyValue(
		nostd::function_ref<bool(nostd::string_view, AttributeValue)> callback)
		const noexcept override;
	std::size_t size() const noexcept override;
};

template <class T, nostd::enable_if_t<detail::is_key_value_iterable<T>::value> * = nullptr>
KeyValueIterableView<T> MakeKeyValueIterableView(const T &container) noexcept;

nostd::span<const std::pair<nostd::string_view, AttributeValue>> MakeAttributes(
	std::initializer_list<std::pair<nostd::string_view, AttributeValue>> attributes) noexcept;
template <class T, nostd::enable_if_t<detail::is_key_value_iterable<T>::value> * = nullptr>
KeyValueIterableView<T> MakeAttributes(const T &attributes) noexcept;
} // namespace common
OPENTELEMETRY_END_NAMESPACE

#endif
