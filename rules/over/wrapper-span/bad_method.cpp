// A method that passes its argument on to another one.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

class Journal
{
public:
	bool append(const std::string &line)
	{
		auto span = tracer().StartSpan("append");
		std::ofstream file(path_, std::ios::app);
		file << line << '\n';
		span->SetAttribute("file.path", path_);
		return file.good();
	}

	bool add(const std::string &line)
	{
		auto span = tracer().StartSpan("add"); // expect: wrapper-span "only wraps append"
		auto scope = trace::Tracer::WithActiveSpan(span);
		return append(line);
	}

private:
	std::string path_;
};
