// The provider's destructor shuts it down, and with it the processor.
#include <opentelemetry/sdk/trace/simple_processor_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/trace/provider.h>

namespace sdk = opentelemetry::sdk::trace;
namespace trace = opentelemetry::trace;

std::unique_ptr<sdk::SpanExporter> make_exporter();

int main()
{
	auto processor = sdk::SimpleSpanProcessorFactory::Create(make_exporter());
	std::shared_ptr<trace::TracerProvider> provider =
		sdk::TracerProviderFactory::Create(std::move(processor));
	trace::Provider::SetTracerProvider(provider);
	auto span = provider->GetTracer("main")->StartSpan("main");
	span->SetAttribute("app.run", 1);
	span->End();
	return 0;
}
