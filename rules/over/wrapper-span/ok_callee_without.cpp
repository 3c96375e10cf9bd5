// The callee has no span of its own, or only sometimes.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

static bool append(const std::string &path, const std::string &line)
{
	std::ofstream file(path, std::ios::app);
	file << line << '\n';
	return file.good();
}

static bool append_traced(const std::string &path, const std::string &line, bool is_traced)
{
	if (!is_traced)
		return append(path, line);
	auto span = tracer().StartSpan("append");
	span->SetAttribute("file.path", path);
	return append(path, line);
}

bool add(const std::string &path, const std::string &line)
{
	auto span = tracer().StartSpan("add"); // ok: wrapper-span
	return append(path, line);
}

bool add_maybe(const std::string &path, const std::string &line, bool is_traced)
{
	auto span = tracer().StartSpan("add"); // ok: wrapper-span
	return append_traced(path, line, is_traced);
}
