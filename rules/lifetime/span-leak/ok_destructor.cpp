// In C++ the last handle ends the span: End() is a choice, not a duty.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

bool append(trace::Tracer &tracer, const std::string &path, const std::string &line)
{
	auto span = tracer.StartSpan("append line");
	auto scope = trace::Tracer::WithActiveSpan(span);
	std::ofstream file(path, std::ios::app);

	if (!file) {
		span->SetStatus(trace::StatusCode::kError, "cannot be opened");
		return false;
	}
	file << line << '\n';
	return file.good();
}
