// A span that has ended can be the parent of others, and its context stays good.
#include <unistd.h>
#include <utility>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("flush");
	int rc = fsync(fd);

	span->End();
	trace::StartSpanOptions options;
	options.parent = span->GetContext();
	auto after = tracer->StartSpan("after", options);
	after->SetAttribute("app.rc", rc);
	return rc;
}

void take(nostd::shared_ptr<trace::Span> span);

int hand_over(nostd::shared_ptr<trace::Tracer> tracer, int fd)
{
	auto span = tracer->StartSpan("first");

	span->End();
	span = tracer->StartSpan("second");
	span->SetAttribute("app.fd", fd);
	take(std::move(span));
	return fsync(fd);
}
