/* Stand-in: the baggage of a context. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_BAGGAGE_BAGGAGE_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_BAGGAGE_BAGGAGE_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/baggage/baggage.h"
#include "opentelemetry/context/context.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace baggage
{
nostd::shared_ptr<Baggage> GetBaggage(const context::Context &context) noexcept;
context::Context SetBaggage(
	context::Context &context, const nostd::shared_ptr<Baggage> &baggage) noexcept;
} // namespace baggage
OPENTELEMETRY_END_NAMESPACE

#endif
