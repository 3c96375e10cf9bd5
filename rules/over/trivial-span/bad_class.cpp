// A class of the house stands for the span: it costs the same.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();

class ScopedSpan
{
public:
	explicit ScopedSpan(const char *name) : span_(tracer()->StartSpan(name)), scope_(span_)
	{
	}
	~ScopedSpan()
	{
		span_->End();
	}
	void set(const char *key, int value)
	{
		span_->SetAttribute(key, value);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
	trace::Scope scope_;
};

class ClientSpan
{
public:
	explicit ClientSpan(const char *name)
	{
		trace::StartSpanOptions options;
		options.kind = trace::SpanKind::kClient;
		span_ = tracer()->StartSpan(name, options);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

int taxed(int net, int percent)
{
	ScopedSpan span("taxed"); // expect: trivial-span "a function with 3 lines of work"
	int tax = net * percent / 100;
	span.set("app.tax", tax);
	int gross = net + tax;
	return gross;
}

// Of another kind: somebody wants to see the call that leaves.
int asked(int net)
{
	ClientSpan span("asked");
	int gross = net + net / 5;
	return gross;
}
