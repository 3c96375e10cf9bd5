/* Stand-in: attributes behind an interface. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_COMMON_KEY_VALUE_ITERABLE_H
#define TESTS_INCLUDE_OPENTELEMETRY_COMMON_KEY_VALUE_ITERABLE_H

#pragma GCC system_header

#include <cstddef>

#include "opentelemetry/common/attribute_value.h"
#include "opentelemetry/nostd/function_ref.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace common
{
class KeyValueIterable
{
public:
	virtual ~KeyValueIterable() = default;
	virtual bool ForEachKeyValue(
		nostd::function_ref<bool(nostd::string_view, AttributeValue)> callback)
		const noexcept = 0;
	virtual std::size_t size() const noexcept = 0;
};
} // namespace common
OPENTELEMETRY_END_NAMESPACE

#endif
