// What spans cost in opentelemetry-cpp 1.19, by its OTLP path: each span is an OtlpRecordable, a
// protobuf message that the calls fill in; a batch becomes a request, which is serialized. The spans
// are those that bench.c makes with ctel, and measured as there: bursts of 500, of which the tenth
// percentile counts.
//
//	peer [BURSTS]     prints "NAME NANOSECONDS" lines (default: 401 bursts)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "opentelemetry/exporters/otlp/otlp_recordable.h"
#include "opentelemetry/exporters/otlp/otlp_recordable_utils.h"
#include "opentelemetry/sdk/resource/resource.h"
#include "opentelemetry/sdk/trace/batch_span_processor.h"
#include "opentelemetry/sdk/trace/batch_span_processor_options.h"
#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/processor.h"
#include "opentelemetry/sdk/trace/samplers/always_off.h"
#include "opentelemetry/sdk/trace/samplers/always_on.h"
#include "opentelemetry/sdk/trace/tracer_provider.h"
#include "opentelemetry/trace/provider.h"

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

namespace otel = opentelemetry;
namespace sdk = opentelemetry::sdk;
using otel::exporter::otlp::OtlpRecordable;
using otel::exporter::otlp::OtlpRecordableUtils;
using Request = otel::proto::collector::trace::v1::ExportTraceServiceRequest;
using Clock = std::chrono::steady_clock;

namespace {

// Serializes what it is given, as the OTLP exporters do, and sends it nowhere.
class Serializer : public sdk::trace::SpanExporter {
public:
	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override
	{
		return std::unique_ptr<sdk::trace::Recordable>(new OtlpRecordable);
	}
	sdk::common::ExportResult Export(
		const otel::nostd::span<std::unique_ptr<sdk::trace::Recordable>> &spans) noexcept override
	{
		Request request;
		std::string out;
		OtlpRecordableUtils::PopulateRequest(spans, &request);
		request.SerializeToString(&out);
		return sdk::common::ExportResult::kSuccess;
	}
	bool ForceFlush(std::chrono::microseconds) noexcept override
	{
		return true;
	}
	bool Shutdown(std::chrono::microseconds) noexcept override
	{
		return true;
	}
};

// Keeps ended spans, so that the caller's thread is measured alone, without queue and exporter.
class Keeper : public sdk::trace::SpanProcessor {
public:
	std::vector<std::unique_ptr<sdk::trace::Recordable>> kept;

	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override
	{
		return std::unique_ptr<sdk::trace::Recordable>(new OtlpRecordable);
	}
	void OnStart(sdk::trace::Recordable &, const otel::trace::SpanContext &) noexcept override
	{
	}
	void OnEnd(std::unique_ptr<sdk::trace::Recordable> &&span) noexcept override
	{
		kept.push_back(std::move(span));
	}
	bool ForceFlush(std::chrono::microseconds) noexcept override
	{
		return true;
	}
	bool Shutdown(std::chrono::microseconds) noexcept override
	{
		return true;
	}
};

using Tracer = otel::nostd::shared_ptr<otel::trace::Tracer>;

void bare(const Tracer &tracer)
{
	tracer->StartSpan("GET /orders/{id}")->End();
}

void six(const Tracer &tracer)
{
	auto span = tracer->StartSpan("GET /orders/{id}");
	span->SetAttribute("http.request.method", "GET");
	span->SetAttribute("http.response.status_code", static_cast<int64_t>(200));
	span->SetAttribute("url.path", "/orders/4711");
	span->SetAttribute("app.order.total", 99.5);
	span->SetAttribute("app.customer.returning", true);
	span->SetAttribute("server.address", "shop.example.com");
	span->End();
}

double nanoseconds(Clock::duration d, int n)
{
	return std::chrono::duration<double, std::nano>(d).count() / n;
}

template <typename Run> double tenth_percentile(int rounds, Run run)
{
	std::vector<double> all;
	for (int i = 0; i < rounds; i++)
		all.push_back(run());
	std::sort(all.begin(), all.end());
	return all[(all.size() - 1) / 10];
}

template <typename Span> double time_kept(Keeper *keeper, const Tracer &tracer, Span span)
{
	constexpr int n = 500;
	keeper->kept.clear();
	keeper->kept.reserve(n);
	auto begin = Clock::now();
	for (int i = 0; i < n; i++)
		span(tracer);
	return nanoseconds(Clock::now() - begin, n);
}

double time_encoding(Keeper *keeper, const Tracer &tracer)
{
	constexpr int n = 512, batches = 2;
	Clock::duration sum{};
	for (int b = 0; b < batches; b++) {
		keeper->kept.clear();
		for (int i = 0; i < n; i++)
			six(tracer);
		auto begin = Clock::now();
		Serializer().Export({ keeper->kept.data(), keeper->kept.size() });
		sum += Clock::now() - begin;
	}
	return nanoseconds(sum, n * batches);
}

// With its batch processor, as bench.c's spans go through ctel's: what the caller's thread pays while
// another one takes the spans, serializes and frees them.
class Batched {
public:
	Batched()
	{
		sdk::trace::BatchSpanProcessorOptions options;
		options.max_queue_size = 65536;
		options.schedule_delay_millis = std::chrono::milliseconds(60000);
		options.max_export_batch_size = 8192;
		provider = std::make_shared<sdk::trace::TracerProvider>(
			std::unique_ptr<sdk::trace::SpanProcessor>(new sdk::trace::BatchSpanProcessor(
				std::unique_ptr<sdk::trace::SpanExporter>(new Serializer), options)));
		tracer = provider->GetTracer("bench", "1");
	}
	double burst()
	{
		constexpr int n = 500;
		auto begin = Clock::now();
		for (int i = 0; i < n; i++)
			six(tracer);
		double each = nanoseconds(Clock::now() - begin, n);
		provider->ForceFlush();
		return each;
	}

private:
	std::shared_ptr<sdk::trace::TracerProvider> provider;
	Tracer tracer;
};

} // namespace

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? std::atoi(argv[1]) : 401;
	auto *keeper = new Keeper;
	auto provider = std::make_shared<sdk::trace::TracerProvider>(
		std::unique_ptr<sdk::trace::SpanProcessor>(keeper));
	Tracer tracer = provider->GetTracer("bench", "1");
	auto unsampled_provider = std::make_shared<sdk::trace::TracerProvider>(
		std::unique_ptr<sdk::trace::SpanProcessor>(new Keeper),
		sdk::resource::Resource::Create({}),
		std::unique_ptr<sdk::trace::Sampler>(new sdk::trace::AlwaysOffSampler));
	Tracer unsampled = unsampled_provider->GetTracer("bench", "1");
	Tracer off = otel::trace::Provider::GetTracerProvider()->GetTracer("bench", "1");

	std::printf("start_end %.1f\n", tenth_percentile(rounds, [&] { return time_kept(keeper, tracer, bare); }));
	std::printf("six_attributes %.1f\n", tenth_percentile(rounds, [&] { return time_kept(keeper, tracer, six); }));
	Batched batched;
	std::printf("six_attributes_batched %.1f\n", tenth_percentile(rounds, [&] { return batched.burst(); }));
	std::printf("unsampled %.1f\n", tenth_percentile(rounds, [&] { return time_kept(keeper, unsampled, bare); }));
	std::printf("not_configured %.1f\n", tenth_percentile(rounds, [&] { return time_kept(keeper, off, bare); }));
	std::printf("encode %.1f\n", tenth_percentile(rounds, [&] { return time_encoding(keeper, tracer); }));
	return 0;
}
