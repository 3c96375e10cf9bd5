// The exception is caught before the status is set.
#include <stdexcept>
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");

	try {
		if (fsync(fd) < 0)
			throw std::runtime_error("fsync");
		span->SetStatus(trace::StatusCode::kOk);
	} catch (const std::exception &e) {
		span->SetStatus(trace::StatusCode::kError, e.what());
		return -1;
	}
	return 0;
}
