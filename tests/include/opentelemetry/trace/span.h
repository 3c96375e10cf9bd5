/* Stand-in: one operation. Its destructor ends it. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_SPAN_H

#pragma GCC system_header

#include <initializer_list>
#include <utility>

#include "opentelemetry/common/attribute_value.h"
#include "opentelemetry/common/key_value_iterable_view.h"
#include "opentelemetry/common/timestamp.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/nostd/type_traits.h"
#include "opentelemetry/trace/span_context.h"
#include "opentelemetry/trace/span_context_kv_iterable.h"
#include "opentelemetry/trace/span_metadata.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class Span
{
public:
	Span() = default;
	virtual ~Span() = default;
	Span(const Span &) = delete;
	Span &operator=(const Span &) = delete;

	virtual void SetAttribute(
		nostd::string_view key, const common::AttributeValue &value) noexcept = 0;

	virtual void AddEvent(nostd::string_view name) noexcept = 0;
	virtual void AddEvent(nostd::string_view name, common::SystemTimestamp at) noexcept = 0;
	virtual void AddEvent(nostd::string_view name, common::SystemTimestamp at,
		const common::KeyValueIterable &attributes) noexcept = 0;
	virtual void AddEvent(
		nostd::string_view name, const common::KeyValueIterable &attributes) noexcept;
	template <class T,
		nostd::enable_if_t<common::detail::is_key_value_iterable<T>::value> * = nullptr>
	void AddEvent(nostd::string_view name, common::SystemTimestamp at,
		const T &attributes) noexcept;
	template <class T,
		nostd::enable_if_t<common::detail::is_key_value_iterable<T>::value> * = nullptr>
	void AddEvent(nostd::string_view name, const T &attributes) noexcept;
	void AddEvent(nostd::string_view name, common::SystemTimestamp at,
		std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>
			attributes) noexcept;
	void AddEvent(nostd::string_view name, std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>
			attributes) noexcept;

#if OPENTELEMETRY_ABI_VERSION_NO >= 2
	virtual void AddLink(const SpanContext &target,
		const common::KeyValueIterable &attributes) noexcept = 0;
	virtual void AddLinks(const SpanContextKeyValueIterable &links) noexcept = 0;
	void AddLink(const SpanContext &target, std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>
			attributes);
#endif

	virtual void SetStatus(
		StatusCode code, nostd::string_view description = "") noexcept = 0;
	virtual void UpdateName(nostd::string_view name) noexcept = 0;
	virtual void End(const EndSpanOptions &options = {}) noexcept = 0;
	virtual SpanContext GetContext() const noexcept = 0;
	virtual bool IsRecording() const noexcept = 0;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
