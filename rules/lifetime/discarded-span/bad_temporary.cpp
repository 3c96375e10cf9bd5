// Temporaries die with the statement that makes them.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	tracer->StartSpan("flush"); // expect: discarded-span "ends at once"
	auto span = tracer->StartSpan("sync");
	trace::Scope{span}; // expect: discarded-span "scope ends at once"
	trace::Tracer::WithActiveSpan(span); // expect: discarded-span "scope"
	return fsync(fd);
}
