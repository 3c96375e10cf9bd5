/* Stand-in: a borrowed callable. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_FUNCTION_REF_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_FUNCTION_REF_H

#pragma GCC system_header

#include <type_traits>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
template <class Signature> class function_ref;

template <class R, class... Args> class function_ref<R(Args...)>
{
public:
	template <class F, std::enable_if_t<std::is_invocable_r_v<R, F &, Args...>> * = nullptr>
	function_ref(F &&f) noexcept;
	R operator()(Args... args) const;
	explicit operator bool() const noexcept;
};
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
