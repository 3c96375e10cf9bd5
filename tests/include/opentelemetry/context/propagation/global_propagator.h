/* Stand-in: the process's propagator. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_GLOBAL_PROPAGATOR_H
#define TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_GLOBAL_PROPAGATOR_H

#pragma GCC system_header

#include "opentelemetry/context/propagation/text_map_propagator.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace context
{
namespace propagation
{
class GlobalTextMapPropagator
{
public:
	static nostd::shared_ptr<TextMapPropagator> GetGlobalPropagator() noexcept;
	static void SetGlobalPropagator(
		const nostd::shared_ptr<TextMapPropagator> &propagator) noexcept;
};
} // namespace propagation
} // namespace context
OPENTELEMETRY_END_NAMESPACE

#endif
