// A parameter, set right behind the start.
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

struct request {
	int tenant;
	int fd;
};

int serve(nostd::shared_ptr<trace::Tracer> tracer, const request &r)
{
	auto span = tracer->StartSpan("serve", {{"app.tenant", r.tenant}});
	trace::Scope scope(span);

	return fsync(r.fd);
}
