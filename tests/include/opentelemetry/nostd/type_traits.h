/* Stand-in: what overloads ask. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_NOSTD_TYPE_TRAITS_H
#define TESTS_INCLUDE_OPENTELEMETRY_NOSTD_TYPE_TRAITS_H

#pragma GCC system_header

#include <type_traits>

#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd
{
template <bool B, class T = void> using enable_if_t = typename std::enable_if<B, T>::type;
} // namespace nostd
OPENTELEMETRY_END_NAMESPACE

#endif
