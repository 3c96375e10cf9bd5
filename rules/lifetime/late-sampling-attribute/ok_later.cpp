// Known only after the work, or changed on the way.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

long load(nostd::shared_ptr<trace::Tracer> tracer, int fd, char *buffer, int size)
{
	auto span = tracer->StartSpan("load");
	if (size > 4096)
		size = 4096;
	long n = read(fd, buffer, static_cast<unsigned>(size));

	span->SetAttribute("app.bytes", static_cast<int64_t>(n));
	span->SetAttribute("app.size", size);
	return n;
}
