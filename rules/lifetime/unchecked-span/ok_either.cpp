// The factory starts one span or another: there is always one.
#include <opentelemetry/trace/provider.h>

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

static nostd::shared_ptr<trace::Span> start_query(const trace::SpanContext *parent)
{
	auto tracer = trace::Provider::GetTracerProvider()->GetTracer("orders", "1.0");
	trace::StartSpanOptions options;
	if (parent)
		options.parent = *parent;

	auto span = parent ? tracer->StartSpan("query", options) : tracer->StartSpan("query");
	span->SetAttribute("db.system.name", "mysql");
	return span;
}

nostd::shared_ptr<trace::Span> prepare(const trace::SpanContext *parent)
{
	auto span = start_query(parent);
	span->SetAttribute("db.operation.name", "prepare");
	return span;
}
