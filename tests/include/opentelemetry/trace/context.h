/* Stand-in: the span of a context. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/context/context.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/trace/default_span.h"
#include "opentelemetry/trace/span.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
nostd::shared_ptr<Span> GetSpan(const context::Context &context) noexcept;
context::Context SetSpan(
	context::Context &context, const nostd::shared_ptr<Span> &span) noexcept;
bool IsRootSpan(const context::Context &context) noexcept;
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
