// A processor that writes ended spans itself, defined outside of its class.
#include <cstdio>
#include <memory>

#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/processor.h"

namespace sdk = opentelemetry::sdk;
using Records = opentelemetry::nostd::span<std::unique_ptr<sdk::trace::Recordable>>;

class Forwarder : public sdk::trace::SpanProcessor
{
public:
	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override;
	void OnStart(sdk::trace::Recordable &, const opentelemetry::trace::SpanContext &) noexcept override;
	void OnEnd(std::unique_ptr<sdk::trace::Recordable> &&span) noexcept override;
	bool ForceFlush(std::chrono::microseconds) noexcept override;
	bool Shutdown(std::chrono::microseconds) noexcept override;

private:
	std::FILE *pipe_ = nullptr;
};

void Forwarder::OnEnd(std::unique_ptr<sdk::trace::Recordable> &&span) noexcept // expect: custom-exporter "Forwarder is a span processor"
{
	std::fprintf(pipe_, "%p\n", static_cast<void *>(span.get()));
}
