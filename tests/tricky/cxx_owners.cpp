// Members, maps, queues, contexts and lambdas keep a handle: the span lives as long as they do.
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;
using SpanPtr = nostd::shared_ptr<trace::Span>;

void post(std::function<void()> task);
int converse(const std::string &host, const std::string &line);

class Session
{
public:
	Session(nostd::shared_ptr<trace::Tracer> tracer, std::string host) :
		tracer_(std::move(tracer)), host_(std::move(host)), span_(tracer_->StartSpan("session"))
	{
	}

	~Session()
	{
		span_->End();
	}

	void begin(int id)
	{
		auto span = tracer_->StartSpan("exchange");
		span->SetAttribute("app.exchange.number", id);
		spans_[id] = span;
		converse(host_, "begin");
	}

	void finish(int id)
	{
		auto at = spans_.find(id);
		if (at == spans_.end())
			return;
		at->second->End();
		spans_.erase(at);
	}

	void later(const std::string &line)
	{
		auto span = tracer_->StartSpan("later");
		post([this, span, line] {
			trace::Scope scope(span);
			if (converse(host_, line) < 0)
				span->SetStatus(trace::StatusCode::kError, "no answer");
			span->End();
		});
	}

	void queue()
	{
		waiting_.push_back(tracer_->StartSpan("queued"));
		auto span = tracer_->StartSpan("queued too");
		waiting_.emplace_back(std::move(span));
	}

	SpanPtr current() const
	{
		return span_;
	}

	void restart()
	{
		span_->End();
		span_ = tracer_->StartSpan("session");
	}

private:
	nostd::shared_ptr<trace::Tracer> tracer_;
	std::string host_;
	SpanPtr span_;
	std::map<int, SpanPtr> spans_;
	std::deque<SpanPtr> waiting_;
};

int through_context(trace::Tracer &tracer, const std::string &host)
{
	namespace context = opentelemetry::context;
	auto span = tracer.StartSpan("through context");
	auto with = context::RuntimeContext::GetCurrent().SetValue("active_span", span);
	auto token = context::RuntimeContext::Attach(with);
	return converse(host, "hello");
}

struct Call {
	SpanPtr span;
	std::string host;
};

std::unique_ptr<Call> start_call(trace::Tracer &tracer, const std::string &host)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto call = std::make_unique<Call>();
	call->span = tracer.StartSpan("call", {{"server.address", host}}, options);
	call->host = host;
	return call;
}
