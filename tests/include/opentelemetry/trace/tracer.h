/* Stand-in: starts spans. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACER_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_TRACER_H

#pragma GCC system_header

#include <chrono>
#include <initializer_list>
#include <utility>

#include "opentelemetry/common/key_value_iterable_view.h"
#include "opentelemetry/nostd/shared_ptr.h"
#include "opentelemetry/nostd/string_view.h"
#include "opentelemetry/nostd/type_traits.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/scope.h"
#include "opentelemetry/trace/span.h"
#include "opentelemetry/trace/span_context_kv_iterable_view.h"
#include "opentelemetry/trace/span_startoptions.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
class Tracer
{
public:
	virtual ~Tracer() = default;

	virtual nostd::shared_ptr<Span> StartSpan(nostd::string_view name,
		const common::KeyValueIterable &attributes,
		const SpanContextKeyValueIterable &links,
		const StartSpanOptions &options = {}) noexcept = 0;
	nostd::shared_ptr<Span> StartSpan(
		nostd::string_view name, const StartSpanOptions &options = {}) noexcept;
	template <class T,
		nostd::enable_if_t<common::detail::is_key_value_iterable<T>::value> * = nullptr>
	nostd::shared_ptr<Span> StartSpan(nostd::string_view name, const T &attributes,
		const StartSpanOptions &options = {}) noexcept;
	nostd::shared_ptr<Span> StartSpan(nostd::string_view name,
		const common::KeyValueIterable &attributes,
		const StartSpanOptions &options = {}) noexcept;
	template <class T, class U,
		nostd::enable_if_t<common::detail::is_key_value_iterable<T>::value> * = nullptr,
		nostd::enable_if_t<detail::is_span_context_kv_iterable<U>::value> * = nullptr>
	nostd::shared_ptr<Span> StartSpan(nostd::string_view name, const T &attributes,
		const U &links, const StartSpanOptions &options = {}) noexcept;
	nostd::shared_ptr<Span> StartSpan(nostd::string_view name,
		std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>
			attributes,
		const StartSpanOptions &options = {}) noexcept;
	nostd::shared_ptr<Span> StartSpan(nostd::string_view name,
		std::initializer_list<std::pair<nostd::string_view, common::AttributeValue>>
			attributes,
		std::initializer_list<std::pair<SpanContext,
			std::initializer_list<
				std::pair<nostd::string_view, common::AttributeValue>>>>
			links,
		const StartSpanOptions &options = {}) noexcept;

	static Scope WithActiveSpan(nostd::shared_ptr<Span> &span) noexcept;
	static nostd::shared_ptr<Span> GetCurrentSpan() noexcept;

#if OPENTELEMETRY_ABI_VERSION_NO >= 2
	bool Enabled() const noexcept;
#else
	template <class Rep, class Period>
	void ForceFlush(std::chrono::duration<Rep, Period> timeout) noexcept;
	template <class Rep, class Period>
	void Close(std::chrono::duration<Rep, Period> timeout) noexcept;
#endif
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
