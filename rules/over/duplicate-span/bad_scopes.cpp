// Two handles that die together.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

bool append(const std::string &path, const std::string &line)
{
	auto span = tracer().StartSpan("append");
	trace::Scope scope(span);
	auto write_span = tracer().StartSpan("write"); // expect: duplicate-span "covers exactly"
	trace::Scope write_scope(write_span);
	std::ofstream file(path, std::ios::app);
	file << line << '\n';
	return file.good();
}
