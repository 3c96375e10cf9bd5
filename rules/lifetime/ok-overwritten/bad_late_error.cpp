// Ok, then an error; and a description that nobody will see.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");

	span->SetStatus(trace::StatusCode::kOk);
	if (fsync(fd) < 0) {
		span->SetStatus(trace::StatusCode::kError, "fsync"); // expect: ok-overwritten
		return -1;
	}
	span->SetStatus(trace::StatusCode::kOk, "done"); // expect: ok-overwritten "description"
	return 0;
}
