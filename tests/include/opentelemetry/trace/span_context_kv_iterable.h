/* Stand-in: links behind an interface. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_KV_ITERABLE_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_CONTEXT_KV_ITERABLE_H

#pragma GCC system_header

#include <cstddef>

#include "opentelemetry/common/key_value_iterable.h"
#include "opentelemetry/nostd/function_ref.h"
#include "opentelemetry/trace/span_context.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class SpanContextKeyValueIterable
{
public:
	virtual ~SpanContextKeyValueIterable() = default;
	virtual bool ForEachKeyValue(
		nostd::function_ref<bool(SpanContext, const common::KeyValueIterable &)> callback)
		const noexcept = 0;
	virtual std::size_t size() const noexcept = 0;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
