// Braces on lines of their own, and a body on the line of its condition.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");

	if (fsync(fd) < 0)
	{
		span->SetStatus(trace::StatusCode::kError);
		return -1;
	}
	if (span->IsRecording()) span->SetAttribute("app.fd", fd);
	close(fd);
	if (fd > 2)
		span->AddEvent("not a terminal");

	return 0;
}

// clang-format off
int flush_spaces(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
    auto span = tracer->StartSpan("flush");

    if (fd > 2)
        span->AddEvent("not a terminal");
    int rc = fsync(fd);
    if (rc < 0)
    {
        span->AddEvent("failed");
    }
    if (fd == 0)
        close(fd);
    return rc;
}
