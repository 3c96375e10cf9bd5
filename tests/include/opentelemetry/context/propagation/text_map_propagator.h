/* Stand-in: carriers of headers, and what reads and writes them. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_TEXT_MAP_PROPAGATOR_H
#define TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_PROPAGATION_TEXT_MAP_PROPAGATOR_H

#pragma GCC system_header

#include "opentelemetry/context/context.h"
#include "opentelemetry/nostd/function_ref.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace context
{
namespace propagation
{
class TextMapCarrier
{
public:
	virtual ~TextMapCarrier() = default;
	virtual nostd::string_view Get(nostd::string_view key) const noexcept = 0;
	virtual void Set(nostd::string_view key, nostd::string_view value) noexcept = 0;
	virtual bool Keys(nostd::function_ref<bool(nostd::string_view)> callback) const noexcept;
};

class TextMapPropagator
{
public:
	virtual ~TextMapPropagator() = default;
	virtual Context Extract(const TextMapCarrier &carrier, Context &context) noexcept = 0;
	virtual void Inject(TextMapCarrier &carrier, const Context &context) noexcept = 0;
	virtual bool Fields(nostd::function_ref<bool(nostd::string_view)> callback)
		const noexcept = 0;
};
} // namespace propagation
} // namespace context
OPENTELEMETRY_END_NAMESPACE

#endif
