// Kinds other than INTERNAL time somebody else; and the ones who wrote it may know better.
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

class Pipe
{
public:
	virtual ~Pipe() = default;
	virtual int put(const std::string &line) = 0;
};

int call(trace::Tracer &tracer, char *slot)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("call", options);
	slot[0] = 1;
	return slot[1];
}

int put(trace::Tracer &tracer, Pipe &pipe, const std::string &line)
{
	auto span = tracer.StartSpan("put");
	return pipe.put(line);
}

OTEL_NOT_TRIVIAL // the instruction waits for the random number generator
unsigned draw(trace::Tracer &tracer)
{
	auto span = tracer.StartSpan("draw");
	return __builtin_ia32_rdtsc() & 0xff;
}

/* The span is for the caller, who does the work. */
nostd::shared_ptr<trace::Span> begin(trace::Tracer &tracer, int step)
{
	auto span = tracer.StartSpan("step");
	span->SetAttribute("app.step", step);
	return span;
}
