// Each has a name, or goes straight into something that lives on.
#include <unistd.h>
#include <vector>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

std::vector<nostd::shared_ptr<trace::Span>> spans;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto scope = trace::Scope(tracer->StartSpan("flush"));
	trace::Scope inner(tracer->StartSpan("sync"));
	spans.push_back(tracer->StartSpan("kept"));
	return fsync(fd);
}

int mark(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	tracer->StartSpan("mark")->End();
	return fsync(fd);
}
