// What programs do with the C++ API, all in one: it must compile with the stand-ins as it does with
// the real headers.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <opentelemetry/baggage/baggage_context.h>
#include <opentelemetry/baggage/propagation/baggage_propagator.h>
#include <opentelemetry/context/propagation/composite_propagator.h>
#include <opentelemetry/context/propagation/global_propagator.h>
#include <opentelemetry/exporters/ostream/span_exporter_factory.h>
#include <opentelemetry/sdk/trace/processor.h>
#include <opentelemetry/sdk/trace/simple_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_options.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/sdk/trace/provider.h>
#include <opentelemetry/trace/propagation/http_trace_context.h>
#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/context.h>
namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;
namespace context = opentelemetry::context;
namespace common = opentelemetry::common;

static nostd::shared_ptr<trace::Tracer> get_tracer()
{
	auto provider = trace::Provider::GetTracerProvider();
	return provider->GetTracer("shop", "1.0");
}

class Carrier : public context::propagation::TextMapCarrier
{
public:
	nostd::string_view Get(nostd::string_view key) const noexcept override
	{
		auto it = m_.find(std::string(key));
		return it == m_.end() ? nostd::string_view("") : nostd::string_view(it->second);
	}
	void Set(nostd::string_view key, nostd::string_view value) noexcept override
	{
		m_.insert({std::string(key), std::string(value)});
	}
	std::map<std::string, std::string> m_;
};

int start_variants(const std::string &user, int n, const std::map<std::string, std::string> &more)
{
	auto tracer = get_tracer();
	auto a = tracer->StartSpan("a");
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto b = tracer->StartSpan("b", options);
	auto c = tracer->StartSpan("c", {{"user.id", user}, {"n", n}, {"x", 1.5}, {"t", true}, {"s", "lit"}});
	auto d = tracer->StartSpan("d", {{"user.id", user}}, options);
	auto e = tracer->StartSpan("e", more);
	auto f = tracer->StartSpan("f", more, options);
	auto g = tracer->StartSpan("g", {}, {{a->GetContext(), {{"k", "v"}}}}, options);
	options.parent = a->GetContext();
	options.parent = context::RuntimeContext::GetCurrent();
	auto h = tracer->StartSpan("h", common::MakeAttributes({{"q", 1}}), options);
	a->SetAttribute("http.request.method", "GET");
	a->SetAttribute("count", n);
	a->SetAttribute("u", user);
	a->SetAttribute("big", static_cast<int64_t>(n));
	a->SetAttribute("v", nostd::string_view(user));
	a->AddEvent("e1");
	a->AddEvent("e2", {{"k", n}});
	a->AddEvent("e3", std::chrono::system_clock::now(), {{"k", n}});
	a->AddEvent("e4", more);
	a->SetStatus(trace::StatusCode::kError, "bad");
	a->SetStatus(trace::StatusCode::kOk);
	a->UpdateName("other");
	if (a)
		a->End();
	if (b != nullptr && b->IsRecording())
		(*b).End();
	c.get()->End();
	nostd::shared_ptr<trace::Span> copy = d;
	copy = nullptr;
	copy = e;
	copy.swap(f);
	auto moved = std::move(g);
	h->End();
	trace::EndSpanOptions end;
	end.end_steady_time = std::chrono::steady_clock::now();
	moved->End(end);
	char id[32];
	moved->GetContext().trace_id().ToLowerBase16(nostd::span<char, 32>(id, 32));
	return 0;
}

int scopes()
{
	auto span = get_tracer()->StartSpan("s");
	trace::Scope scope(span);
	auto scope2 = trace::Scope(span);
	auto scope3 = trace::Tracer::WithActiveSpan(span);
	auto current = trace::Tracer::GetCurrentSpan();
	auto ctx = context::RuntimeContext::GetCurrent();
	auto ctx2 = trace::SetSpan(ctx, span);
	auto token = context::RuntimeContext::Attach(ctx2);
	auto again = trace::GetSpan(ctx2);
	auto ctx3 = ctx2.SetValue("active_span", span);
	auto value = ctx3.GetValue("active_span");
	auto from = nostd::get<nostd::shared_ptr<trace::Span>>(value);
	if (nostd::holds_alternative<nostd::shared_ptr<trace::Span>>(value))
		from->End();
	context::RuntimeContext::Detach(*token);
	std::unique_ptr<trace::Scope> late(new trace::Scope(span));
	std::optional<trace::Scope> maybe;
	maybe.emplace(span);
	Carrier carrier;
	auto prop = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	prop->Inject(carrier, ctx2);
	auto remote = prop->Extract(carrier, ctx);
	trace::propagation::HttpTraceContext http;
	http.Inject(carrier, ctx);
	auto baggage = opentelemetry::baggage::GetBaggage(ctx);
	auto more = baggage->Set("tenant", "t1");
	auto ctx4 = opentelemetry::baggage::SetBaggage(ctx, more);
	std::string out;
	more->GetValue("tenant", out);
	trace::StartSpanOptions o;
	o.parent = trace::GetSpan(remote)->GetContext();
	return 0;
}

int main()
{
	namespace sdk = opentelemetry::sdk::trace;
	auto exporter = opentelemetry::exporter::trace::OStreamSpanExporterFactory::Create();
	auto processor = sdk::SimpleSpanProcessorFactory::Create(std::move(exporter));
	sdk::BatchSpanProcessorOptions bo;
	bo.max_queue_size = 10;
	std::shared_ptr<sdk::TracerProvider> provider = sdk::TracerProviderFactory::Create(std::move(processor));
	std::shared_ptr<trace::TracerProvider> api = provider;
	trace::Provider::SetTracerProvider(api);
	context::propagation::GlobalTextMapPropagator::SetGlobalPropagator(
		nostd::shared_ptr<context::propagation::TextMapPropagator>(new trace::propagation::HttpTraceContext()));
	provider->ForceFlush();
	provider->Shutdown();
	std::shared_ptr<trace::TracerProvider> none;
	trace::Provider::SetTracerProvider(none);
	return 0;
}
