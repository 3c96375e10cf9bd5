// The spans are in other threads, or belong to somebody else: messages that carry a context.
#include <string>
#include <thread>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

long work(long n);

void start_all(std::vector<std::thread> &threads, int nr)
{
	for (int i = 0; i < nr; i++)
		threads.emplace_back([i] {
			auto span = tracer().StartSpan("work"); // ok: span-in-loop
			work(i);
		});
}

long consume(const std::vector<long> &messages)
{
	long sum = 0;
	for (long message : messages) {
		trace::StartSpanOptions options;
		options.kind = trace::SpanKind::kConsumer;
		auto span = tracer().StartSpan("consume", {}, options); // ok: span-in-loop
		sum += message;
	}
	return sum;
}
