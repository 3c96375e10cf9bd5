/* Stand-in: a span that carries a context and records nothing. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_DEFAULT_SPAN_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_DEFAULT_SPAN_H

#pragma GCC system_header

#include "opentelemetry/trace/span.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class DefaultSpan : public Span
{
public:
	DefaultSpan(SpanContext span_context) noexcept;
	void SetAttribute(
		nostd::string_view key, const common::AttributeValue &value) noexcept override;
	void AddEvent(nostd::string_view name) noexcept override;
	void AddEvent(nostd::string_view name, common::SystemTimestamp at) noexcept override;
	void AddEvent(nostd::string_view name, common::SystemTimestamp at,
		const common::KeyValueIterable &attributes) noexcept override;
	void AddEvent(nostd::string_view name,
		const common::KeyValueIterable &attributes) noexcept override;
#if OPENTELEMETRY_ABI_VERSION_NO >= 2
	void AddLink(const SpanContext &target,
		const common::KeyValueIterable &attributes) noexcept override;
	void AddLinks(const SpanContextKeyValueIterable &links) noexcept override;
#endif
	void SetStatus(StatusCode code, nostd::string_view description) noexcept override;
	void UpdateName(nostd::string_view name) noexcept override;
	void End(const EndSpanOptions &options) noexcept override;
	SpanContext GetContext() const noexcept override;
	bool IsRecording() const noexcept override;
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
