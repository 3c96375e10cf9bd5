// The same with a method call.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");

	if (fsync(fd) < 0)
		span->SetStatus(trace::StatusCode::kError); // expect: dangling-instrumentation
		return -1;
	return 0;
}
