// Three ways to write a span of no length.
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
	std::ofstream file(path, std::ios::app);
	tracer().StartSpan("opened")->End(); // expect: log-like-span "over before anything happens"
	file << line << '\n';
	auto span = tracer().StartSpan("appended"); // expect: log-like-span "over before anything happens"
	span->SetAttribute("file.path", path);
	span->End();
	if (!file.good()) {
		auto failed = tracer().StartSpan("failed"); // expect: log-like-span "over before anything happens"
	}
	return file.good();
}
