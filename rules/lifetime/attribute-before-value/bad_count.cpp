// The count is still 0.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, const int *fds, int n)
{
	trace::Scope scope(tracer->StartSpan("flush"));
	auto span = trace::Tracer::GetCurrentSpan();
	int failed = 0;

	span->SetAttribute("app.failed", failed); // expect: attribute-before-value
	for (int i = 0; i < n; i++)
		if (fsync(fds[i]) < 0)
			failed++;
	return failed;
}
