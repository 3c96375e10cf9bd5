// opentelemetry-cpp as it is used: optional scopes, wrappers, conditional spans, spans in results.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;
using SpanPtr = nostd::shared_ptr<trace::Span>;

int ask(const std::string &host, std::string &answer);

class Tracing
{
public:
	explicit Tracing(const char *name)
		: tracer_(trace::Provider::GetTracerProvider()->GetTracer(name, "1.0.0"))
	{
	}

	SpanPtr start(const std::string &name, trace::SpanKind kind = trace::SpanKind::kInternal)
	{
		trace::StartSpanOptions options;
		options.kind = kind;
		return tracer_->StartSpan(name, options);
	}

	static int finish(const SpanPtr &span, int rc)
	{
		if (rc < 0)
			span->SetStatus(trace::StatusCode::kError, "failed");
		span->End();
		return rc;
	}

private:
	nostd::shared_ptr<trace::Tracer> tracer_;
};

int wrapped(Tracing &tracing, const std::string &host)
{
	auto span = tracing.start("wrapped", trace::SpanKind::kClient);
	std::string answer;
	if (host.empty())
		return Tracing::finish(span, -1);
	return Tracing::finish(span, ask(host, answer));
}

OTEL_CRITICAL_PATH("quotes.fetch", "tenant.id")
int fetch(Tracing &tracing, const std::string &tenant, const std::string &host)
{
	auto span = tracing.start("fetch quote");
	span->SetAttribute("tenant.id", tenant);
	std::string answer;
	int rc = ask(host, answer);
	if (rc < 0)
		span->SetStatus(trace::StatusCode::kError, "no answer");
	return rc;
}

int sometimes(Tracing &tracing, const std::string &host, bool is_traced)
{
	SpanPtr span;
	std::optional<trace::Scope> scope;
	if (is_traced) {
		span = tracing.start("sometimes");
		scope.emplace(span);
	}
	std::string answer;
	int rc = ask(host, answer);
	if (span)
		span->End();
	return rc;
}

struct Result {
	int rc;
	SpanPtr span;
};

Result carried(Tracing &tracing, const std::string &host)
{
	auto span = tracing.start("carried");
	std::string answer;
	int rc = ask(host, answer);
	return {rc, span};
}

std::pair<SpanPtr, std::unique_ptr<trace::Scope>> entered(Tracing &tracing)
{
	auto span = tracing.start("entered");
	auto scope = std::make_unique<trace::Scope>(span);
	return {span, std::move(scope)};
}

int several(Tracing &tracing, const std::vector<std::string> &hosts)
{
	std::vector<SpanPtr> spans;
	int rc = 0;
	for (const auto &host : hosts) {
		spans.push_back(tracing.start("one of several", trace::SpanKind::kClient));
		std::string answer;
		rc |= ask(host, answer);
	}
	for (auto &span : spans)
		span->End();
	return rc;
}

void passed(Tracing &tracing, void (*take)(SpanPtr span))
{
	take(tracing.start("passed"));
}
