// Ok for one span and an error for the other.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto outer = tracer->StartSpan("outer");
	auto inner = tracer->StartSpan("inner");
	int rc = fsync(fd);

	inner->SetStatus(trace::StatusCode::kOk);
	if (rc < 0)
		outer->SetStatus(trace::StatusCode::kError, "fsync");
	return rc;
}
