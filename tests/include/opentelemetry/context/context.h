/* Stand-in: an immutable map that travels with the work. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_CONTEXT_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/context/context_value.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace context
{
class Context
{
public:
	Context() = default;
	Context(nostd::string_view key, ContextValue value) noexcept;
	Context SetValue(nostd::string_view key, ContextValue value) noexcept;
	ContextValue GetValue(const nostd::string_view key) const noexcept;
	bool HasKey(const nostd::string_view key) const noexcept;
	bool operator==(const Context &other) const noexcept;

private:
	nostd::shared_ptr<int> head_;
};
} // namespace context
OPENTELEMETRY_END_NAMESPACE

#endif
