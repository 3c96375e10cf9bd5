// The request is the root.
#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/scope.h>

namespace trace = opentelemetry::trace;

static void ask(trace::Tracer &tracer)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("GET /", options); // expect: root-client-span
	trace::Scope scope(span);
}

int main()
{
	auto tracer = trace::Provider::GetTracerProvider()->GetTracer("client");
	ask(*tracer);
	return 0;
}
