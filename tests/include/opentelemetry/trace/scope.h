/* Stand-in: a span is current until this is destroyed. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SCOPE_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SCOPE_H

#pragma GCC system_header

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/unique_ptr.h"
#include "opentelemetry/trace/span.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class Scope final
{
public:
	Scope(const nostd::shared_ptr<Span> &span) noexcept;

private:
	nostd::unique_ptr<context::Token> token_;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
