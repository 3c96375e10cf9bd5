// args: --rule span-leak --rule double-end --rule use-after-end --rule ok-overwritten --rule unchecked-span --rule discarded-span --rule end-not-owned --rule scope-mismatch --rule discarded-context --rule inconsistent-exits --rule attribute-before-value --rule dangling-instrumentation --rule ok-on-failure
// Handles that are moved, swapped, captured, kept in members and containers, reset and guarded.
#include <functional>
#include <map>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;
using SpanPtr = nostd::shared_ptr<trace::Span>;
using TracerPtr = nostd::shared_ptr<trace::Tracer>;

void post(std::function<void()> task);

class Handler
{
public:
	explicit Handler(TracerPtr tracer) : tracer_(std::move(tracer)) {}

	~Handler() { Cancel(); }

	void Begin()
	{
		span_ = tracer_->StartSpan("request");
		scope_ = std::make_unique<trace::Scope>(span_);
	}

	void Cancel()
	{
		if (span_ == nullptr)
			return;
		span_->End();
		span_ = nullptr;
		scope_.reset();
	}

	void Finish(int rc)
	{
		if (rc < 0)
			span_->SetStatus(trace::StatusCode::kError);
		span_->End();
		span_ = nullptr;
	}

private:
	TracerPtr tracer_;
	SpanPtr span_;
	std::unique_ptr<trace::Scope> scope_;
};

int moved(TracerPtr tracer, int fd)
{
	auto span = tracer->StartSpan("moved");

	post([span = std::move(span), fd]() mutable {
		span->SetAttribute("app.rc", fsync(fd));
		span->End();
	});
	return 0;
}

int captured(TracerPtr tracer, int fd)
{
	auto span = tracer->StartSpan("captured");
	auto finish = [&span](int rc) {
		span->SetAttribute("app.rc", rc);
		span->End();
		return rc;
	};

	if (fd < 0)
		return finish(-1);
	return finish(fsync(fd));
}

int thrown(TracerPtr tracer, int fd)
{
	auto span = tracer->StartSpan("thrown");

	try {
		if (fsync(fd) < 0)
			throw -1;
		span->End();
	} catch (int rc) {
		span->SetStatus(trace::StatusCode::kError);
		span->End();
		return rc;
	}
	return 0;
}

std::map<int, std::vector<SpanPtr>> stacks;

void push(TracerPtr tracer, int id)
{
	stacks[id].push_back(tracer->StartSpan("pushed"));
}

void pop(int id)
{
	auto &stack = stacks[id];
	stack.back()->End();
	stack.pop_back();
}

int with_token(TracerPtr tracer, int fd)
{
	auto span = tracer->StartSpan("token");
	auto token = context::RuntimeContext::Attach(
		context::RuntimeContext::GetCurrent().SetValue("active_span", span));
	int rc = fsync(fd);

	context::RuntimeContext::Detach(*token);
	span->End();
	return rc;
}

int heap_scope(TracerPtr tracer, int fd)
{
	auto span = tracer->StartSpan("heap");
	auto *scope = new trace::Scope(span);
	int rc = fsync(fd);

	delete scope;
	span->End();
	return rc;
}

SpanPtr make(TracerPtr tracer, const char *what)
{
	auto span = tracer->StartSpan("made");
	span->SetAttribute("app.what", what);
	return span;
}

int made(TracerPtr tracer, int fd)
{
	auto span = make(tracer, "one");
	int rc = fsync(fd);

	span->End();
	span = make(tracer, "two");
	rc += fsync(fd);
	span->AddEvent("synced");
	span->End();
	return rc;
}

int swapped(TracerPtr tracer, int fd)
{
	auto first = tracer->StartSpan("first");
	auto second = tracer->StartSpan("second");

	first->End();
	std::swap(first, second);
	first->SetAttribute("app.fd", fd);
	first->End();
	return fsync(fd);
}
