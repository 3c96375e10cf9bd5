/* Stand-in: several propagators as one. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_COMPOSITE_PROPAGATOR_H
#define TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_COMPOSITE_PROPAGATOR_H

#pragma GCC system_header

#include <memory>
#include <vector>

#include "opentelemetry/context/propagation/text_map_propagator.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace context
{
namespace propagation
{
class CompositePropagator : public TextMapPropagator
{
public:
	CompositePropagator(std::vector<std::unique_ptr<TextMapPropagator>> propagators);
	void Inject(TextMapCarrier &carrier, const Context &context) noexcept override;
	Context Extract(const TextMapCarrier &carrier, Context &context) noexcept override;
	bool Fields(nostd::function_ref<bool(nostd::string_view)> callback)
		const noexcept override;
};
} // namespace propagation
} // namespace context
OPENTELEMETRY_END_NAMESPACE

#endif
