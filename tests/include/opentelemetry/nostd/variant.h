/* Stand-in: one of several types. The API brings its own copy of Abseil's, in absl::otel_v1. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_VARIANT_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_VARIANT_H

#pragma GCC system_header

#include <cstddef>
#include <type_traits>
#include <variant>

#include "opentelemetry/version.h"

namespace absl
{
namespace otel_v1
{
struct monostate {
};

template <class... Ts> class variant
{
public:
	variant() noexcept;
	template <class T,
		std::enable_if_t<!std::is_same_v<std::decay_t<T>, variant> &&
				 (std::is_convertible_v<T, Ts> || ...)> * = nullptr>
	variant(T &&value) noexcept;
	template <class T,
		std::enable_if_t<!std::is_same_v<std::decay_t<T>, variant> &&
				 (std::is_convertible_v<T, Ts> || ...)> * = nullptr>
	variant &operator=(T &&value) noexcept;
	std::size_t index() const noexcept;

private:
	std::variant<Ts...> storage_; /* for its destructor, trivial or not */
};

template <class T, class... Ts> T &get(variant<Ts...> &v);
template <class T, class... Ts> const T &get(const variant<Ts...> &v);
template <class T, class... Ts> T *get_if(variant<Ts...> *v) noexcept;
template <class T, class... Ts> const T *get_if(const variant<Ts...> *v) noexcept;
template <class T, class... Ts> bool holds_alternative(const variant<Ts...> &v) noexcept;
} // namespace otel_v1
} // namespace absl

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
using absl::otel_v1::get;
using absl::otel_v1::get_if;
using absl::otel_v1::holds_alternative;
using absl::otel_v1::monostate;
using absl::otel_v1::variant;
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
