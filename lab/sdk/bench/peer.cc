// What spans cost in opentelemetry-cpp 1.19, by its OTLP path: each span is an OtlpRecordable, a
// protobuf message that the calls fill in; a batch becomes a request, which is serialized. The spans
// are those that bench.c makes with ctel.
//
//	peer [ROUNDS]     prints "NAME NANOSECONDS" lines, the best of ROUNDS (default: 7)
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
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

template <typename Run> double best(int rounds, Run run)
{
	double least = 1e18;
	for (int i = 0; i < rounds; i++)
		least = std::min(least, run());
	return least;
}

template <typename Span> double time_kept(Keeper *keeper, const Tracer &tracer, Span span)
{
	constexpr int n = 20000;
	keeper->kept.clear();
	keeper->kept.reserve(n);
	auto begin = Clock::now();
	for (int i = 0; i < n; i++)
		span(tracer);
	return nanoseconds(Clock::now() - begin, n);
}

double time_encoding(Keeper *keeper, const Tracer &tracer)
{
	constexpr int n = 512, batches = 20;
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

// The whole way, with its batch processor: the caller's share of it, and no span dropped.
double time_batched(int nr_threads)
{
	constexpr int n = 20000;
	sdk::trace::BatchSpanProcessorOptions options;
	options.max_queue_size = static_cast<size_t>(n) * nr_threads * 2;
	options.schedule_delay_millis = std::chrono::milliseconds(60000);
	options.max_export_batch_size = options.max_queue_size / 2;
	auto provider = std::make_shared<sdk::trace::TracerProvider>(
		std::unique_ptr<sdk::trace::SpanProcessor>(new sdk::trace::BatchSpanProcessor(
			std::unique_ptr<sdk::trace::SpanExporter>(new Serializer), options)));
	Tracer tracer = provider->GetTracer("bench", "1");
	std::atomic<int> ready{ 0 };
	std::vector<std::thread> threads;
	std::vector<double> took(nr_threads);
	for (int t = 0; t < nr_threads; t++)
		threads.emplace_back([&, t] {
			ready++;
			while (ready < nr_threads)
				std::this_thread::yield();
			auto begin = Clock::now();
			for (int i = 0; i < n; i++)
				six(tracer);
			took[t] = nanoseconds(Clock::now() - begin, n);
		});
	for (auto &thread : threads)
		thread.join();
	return *std::max_element(took.begin(), took.end());
}

} // namespace

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
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

	std::printf("start_end %.1f\n", best(rounds, [&] { return time_kept(keeper, tracer, bare); }));
	std::printf("six_attributes %.1f\n", best(rounds, [&] { return time_kept(keeper, tracer, six); }));
	std::printf("six_attributes_batched %.1f\n", best(rounds, [] { return time_batched(1); }));
	std::printf("six_attributes_batched_2_threads %.1f\n", best(rounds, [] { return time_batched(2); }));
	std::printf("unsampled %.1f\n", best(rounds, [&] { return time_kept(keeper, unsampled, bare); }));
	std::printf("not_configured %.1f\n", best(rounds, [&] { return time_kept(keeper, off, bare); }));
	std::printf("encode %.1f\n", best(rounds, [&] { return time_encoding(keeper, tracer); }));
	return 0;
}
