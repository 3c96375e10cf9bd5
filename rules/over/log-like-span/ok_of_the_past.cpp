// Spans with times of their own, and spans that belong to another trace, are records of what
// happened elsewhere.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

void record(const std::string &path, opentelemetry::common::SteadyTimestamp from,
	opentelemetry::common::SteadyTimestamp to)
{
	std::ofstream file(path, std::ios::app);
	trace::StartSpanOptions options;
	options.start_steady_time = from;
	auto span = tracer().StartSpan("queued", {}, options); // ok: log-like-span
	trace::EndSpanOptions end;
	end.end_steady_time = to;
	span->End(end);
	file << "queued\n";
}

void record_request(const std::string &path)
{
	std::ofstream file(path, std::ios::app);
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kServer;
	auto span = tracer().StartSpan("request", {}, options); // ok: log-like-span
	span->End();
	file << "request\n";
}
