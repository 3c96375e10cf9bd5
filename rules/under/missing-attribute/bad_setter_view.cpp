// A helper that takes the key as a view.
#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/scope.h>
#include <otel-tidy/annotations.h>

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int send_refund();

static void tag(trace::Span &span, nostd::string_view key, int value)
{
	span.SetAttribute(key, value);
}

OTEL_CRITICAL_PATH("refund", "app.tenant", "app.user")
int refund(int tenant)
{
	auto span = trace::Provider::GetTracerProvider()->GetTracer("x")->StartSpan("refund"); // expect: missing-attribute "app.user"
	trace::Scope scope(span);
	tag(*span, "app.tenant", tenant);
	int rc = send_refund();
	span->End();
	return rc;
}
