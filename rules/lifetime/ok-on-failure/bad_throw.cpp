// Ok, and then an exception.
#include <stdexcept>
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

void flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");
	int rc = fsync(fd);

	span->SetStatus(trace::StatusCode::kOk); // expect: ok-on-failure
	if (rc < 0)
		throw std::runtime_error("fsync");
}
