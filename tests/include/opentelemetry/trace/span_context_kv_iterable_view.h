/* Stand-in: lists of pairs as links. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_KV_ITERABLE_VIEW_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_KV_ITERABLE_VIEW_H

#pragma GCC system_header

#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>

#include "opentelemetry/common/key_value_iterable_view.h"
#include "opentelemetry/trace/span_context_kv_iterable.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
namespace detail
{
inline void take_link(const SpanContext &,
	std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>)
{
}
template <class T,
	nostd::enable_if_t<common::detail::is_key_value_iterable<T>::value> * = nullptr>
inline void take_link(const SpanContext &, T &)
{
}

template <class T>
auto test_links(T container)
	-> decltype(take_link(std::begin(container)->first, std::begin(container)->second),
		std::size(container), std::true_type{});
std::false_type test_links(...);

template <class T> struct is_span_context_kv_iterable {
	static constexpr bool value = decltype(test_links(std::declval<T>()))::value;
};
} // namespace detail
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
