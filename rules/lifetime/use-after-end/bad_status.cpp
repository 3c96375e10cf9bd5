// The status is decided after the end.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");
	int rc = fsync(fd);

	span->End();
	if (rc < 0)
		span->SetStatus(trace::StatusCode::kError, "fsync"); // expect: use-after-end "status"
	return rc;
}
