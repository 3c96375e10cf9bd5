// One span ends before the next begins; or the inner one is not there on each way.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

bool copy(const std::string &from, const std::string &to)
{
	std::string text;
	{
		auto span = tracer().StartSpan("read");
		std::ifstream file(from);
		std::getline(file, text);
	}
	auto span = tracer().StartSpan("write"); // ok: duplicate-span
	std::ofstream file(to);
	file << text;
	return file.good();
}

bool append(const std::string &path, const std::string &line)
{
	auto span = tracer().StartSpan("append");
	if (line.empty())
		return false;
	auto write_span = tracer().StartSpan("write"); // ok: duplicate-span
	std::ofstream file(path, std::ios::app);
	file << line;
	return file.good();
}
