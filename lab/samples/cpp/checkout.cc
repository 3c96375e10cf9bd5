// One order, from the cart to the receipt, with the spans that are worth having.
#include <future>
#include <iostream>

#include <opentelemetry/baggage/baggage_context.h>
#include <opentelemetry/baggage/propagation/baggage_propagator.h>
#include <opentelemetry/context/propagation/composite_propagator.h>
#include <opentelemetry/context/propagation/global_propagator.h>
#include <opentelemetry/exporters/otlp/otlp_http_exporter_factory.h>
#include <opentelemetry/sdk/resource/resource.h>
#include <opentelemetry/sdk/trace/batch_span_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_options.h>
#include <opentelemetry/sdk/trace/processor.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/semconv/error_attributes.h>
#include <opentelemetry/semconv/server_attributes.h>
#include <opentelemetry/trace/propagation/http_trace_context.h>
#include <opentelemetry/trace/provider.h>
#include <otel-tidy/annotations.h>

#include "shop.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;
namespace nostd = opentelemetry::nostd;
namespace otlp = opentelemetry::exporter::otlp;
namespace sdk = opentelemetry::sdk;
namespace semconv = opentelemetry::semconv;
namespace trace = opentelemetry::trace;

static nostd::shared_ptr<trace::Tracer> tracer()
{
	return trace::Provider::GetTracerProvider()->GetTracer("checkout", "1.0.0");
}

// [baggage] What came with the request, on the span that has to be found by it.
static void record_baggage(trace::Span &span)
{
	auto carried = baggage::GetBaggage(context::RuntimeContext::GetCurrent());
	std::string tenant, flag;
	if (carried->GetValue("tenant.id", tenant))
		span.SetAttribute("tenant.id", tenant);
	if (carried->GetValue("app.flag", flag))
		span.SetAttribute("app.flag", flag);
}
// [/baggage]

// [error] Each attempt has a span of its own, and the one that failed says why.
static void record_error(trace::Span &span, const shop::Failure &failure)
{
	span.SetAttribute(semconv::error::kErrorType, failure.type);
	span.SetStatus(trace::StatusCode::kError, failure.what());
}

class HeaderCarrier : public context::propagation::TextMapCarrier
{
      public:
	nostd::string_view Get(nostd::string_view name) const noexcept override
	{
		auto header = headers.find(std::string(name));
		return header == headers.end() ? "" : nostd::string_view(header->second);
	}
	void Set(nostd::string_view name, nostd::string_view value) noexcept override
	{
		headers[std::string(name)] = std::string(value);
	}
	shop::Headers headers;
};

static void charge_once(const shop::Order &order, int attempt)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer()->StartSpan("charge payment",
		{{semconv::server::kServerAddress, shop::kPaymentHost},
			{"app.payment.attempt", attempt}},
		options);
	trace::Scope scope(span);
	record_baggage(*span);
	HeaderCarrier request;
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	propagator->Inject(request, context::RuntimeContext::GetCurrent());
	try {
		shop::charge(request.headers, order, attempt);
	} catch (const shop::Failure &failure) {
		record_error(*span, failure);
		throw;
	}
}

static void charge_payment(const shop::Order &order)
{
	try {
		charge_once(order, 1);
	} catch (const shop::Timeout &) {
		charge_once(order, 2);
	}
}
// [/error]

static void reserve_stock(const shop::Order &order)
{
	auto span = tracer()->StartSpan("reserve stock", {{"app.order.items", order.items}});
	trace::Scope scope(span);
	record_baggage(*span);
	try {
		shop::reserve(order);
	} catch (const shop::Failure &failure) {
		record_error(*span, failure);
		throw;
	}
}

// [context] What is current belongs to a thread: the receipt's takes a copy along, and attaches it.
static void send_receipt(const shop::Order &order, const context::Context &carried)
{
	auto token = context::RuntimeContext::Attach(carried);
	auto span = tracer()->StartSpan("send receipt");
	trace::Scope scope(span);
	record_baggage(*span);
	try {
		shop::send_mail(order);
	} catch (const shop::Failure &failure) {
		record_error(*span, failure);
		throw;
	}
}

static void send_receipt_aside(const shop::Order &order)
{
	auto sent = std::async(std::launch::async, send_receipt, std::cref(order),
		context::RuntimeContext::GetCurrent());
	sent.get();
}
// [/context]

// [critical-path] The one operation the business asks about has a span, whatever happens.
OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "user.hash", "app.order.id")
static void place_order(const shop::Order &order)
{
	// [attributes] What one would search for, each with its type; of the person a hash.
	// Given to the start, where samplers see them.
	std::vector<nostd::string_view> skus(order.skus.begin(), order.skus.end());
	auto span = tracer()->StartSpan("place order",
		{{"tenant.id", order.tenant}, {"user.hash", order.user_hash},
			{"app.flag", order.flag}, {"app.order.id", order.id},
			{"app.order.items", order.items}, {"app.order.total", order.total},
			{"app.order.express", order.is_express},
			{"app.order.skus", nostd::span<const nostd::string_view>(skus)}});
	// [/attributes]
	trace::Scope scope(span);

	// [baggage] From here on it travels: into calls, threads and other services.
	auto here = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(here)
			       ->Set("tenant.id", order.tenant)
			       ->Set("app.flag", order.flag);
	auto token = context::RuntimeContext::Attach(baggage::SetBaggage(here, entries));
	// [/baggage]
	try {
		reserve_stock(order);
		charge_payment(order);
		send_receipt_aside(order);
	} catch (const shop::Failure &failure) {
		record_error(*span, failure);
		throw;
	}
}
// [/critical-path]

// [configuration] OTEL_… variables say where spans go and whose they are; the end waits for them.
static std::shared_ptr<sdk::trace::TracerProvider> set_up_tracing()
{
	auto processor = sdk::trace::BatchSpanProcessorFactory::Create(
		otlp::OtlpHttpExporterFactory::Create(), sdk::trace::BatchSpanProcessorOptions());
	std::shared_ptr<sdk::trace::TracerProvider> provider =
		sdk::trace::TracerProviderFactory::Create(
			std::move(processor), sdk::resource::Resource::Create({}));
	trace::Provider::SetTracerProvider(std::shared_ptr<trace::TracerProvider>(provider));

	using context::propagation::TextMapPropagator;
	std::vector<std::unique_ptr<TextMapPropagator>> propagators;
	propagators.push_back(std::make_unique<trace::propagation::HttpTraceContext>());
	propagators.push_back(std::make_unique<baggage::propagation::BaggagePropagator>());
	context::propagation::GlobalTextMapPropagator::SetGlobalPropagator(
		nostd::shared_ptr<TextMapPropagator>(
			new context::propagation::CompositePropagator(std::move(propagators))));
	return provider;
}

int main()
{
	auto provider = set_up_tracing();
	auto order = shop::todays_order();
	std::string outcome = "placed";
	try {
		place_order(order);
	} catch (const shop::Failure &failure) {
		outcome = failure.type;
	}
	std::cout << order.id << ": " << outcome << std::endl;
	return !provider->Shutdown() || outcome != "placed";
}
// [/configuration]
