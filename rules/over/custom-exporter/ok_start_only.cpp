// Attributes that only the process knows are set when the span begins: no Collector can do that. And
// an exporter that counts what it hands on to the real one.
#include <utility>
#include <cstdio>
#include <memory>

#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/processor.h"

namespace sdk = opentelemetry::sdk;
using Records = opentelemetry::nostd::span<std::unique_ptr<sdk::trace::Recordable>>;

class ShardProcessor : public sdk::trace::SpanProcessor
{
public:
	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override;
	void OnStart(sdk::trace::Recordable &span,
		const opentelemetry::trace::SpanContext &) noexcept override // ok: custom-exporter
	{
		span.SetName("shard");
	}
	void OnEnd(std::unique_ptr<sdk::trace::Recordable> &&) noexcept override {} // ok: custom-exporter
	bool ForceFlush(std::chrono::microseconds) noexcept override;
	bool Shutdown(std::chrono::microseconds) noexcept override;
};

class Counting : public sdk::trace::SpanExporter
{
public:
	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override;
	sdk::common::ExportResult Export(const Records &spans) noexcept override // ok: custom-exporter
	{
		nr_ += spans.size();
		return next_->Export(spans);
	}
	bool Shutdown(std::chrono::microseconds) noexcept override;

private:
	std::unique_ptr<sdk::trace::SpanExporter> next_;
	std::size_t nr_ = 0;
};
