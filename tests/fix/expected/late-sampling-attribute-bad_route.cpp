// Method and route are known before the span starts.
#include <string>
#include <unistd.h>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int serve(nostd::shared_ptr<trace::Tracer> tracer, const std::string &route, int fd)
{
	auto span = tracer->StartSpan("serve", {{"http.request.method", "GET"}, {"http.route", route}});

	int rc = fsync(fd);
	span->SetAttribute("app.rc", rc);
	return rc;
}
