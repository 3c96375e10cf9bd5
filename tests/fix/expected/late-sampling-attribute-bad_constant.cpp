// A constant.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush", {{"app.component", "journal"}});

	return fsync(fd);
}
