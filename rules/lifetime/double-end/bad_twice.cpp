// End() in the branch and again behind it.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");
	int rc = fsync(fd);

	if (rc < 0) {
		span->SetStatus(trace::StatusCode::kError);
		span->End();
	}
	span->End(); // expect: double-end
	return rc;
}
