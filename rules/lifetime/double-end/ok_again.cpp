// The destructor ends what is still open; a handle that holds the next span ends that one.
#include <unistd.h>
#include <utility>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");
	trace::Scope scope(span);
	int rc = fsync(fd);

	span->End();
	return rc;
}

int flush_both(nostd::shared_ptr<trace::Tracer> tracer, int a, int b)
{
	auto span = tracer->StartSpan("first");
	int rc = fsync(a);

	span->End();
	span = tracer->StartSpan("second");
	rc += fsync(b);
	span->End();
	return rc;
}

int flush_or_throw(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");

	try {
		if (fsync(fd) < 0)
			throw 1;
	} catch (int) {
		span->End();
		throw;
	}
	span->End();
	return 0;
}
