// Objects leave by themselves, in the right order.
#include <memory>
#include <unistd.h>
#include <utility>

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int flush(nostd::shared_ptr<trace::Tracer> tracer, const context::Context &parent, int fd)
{
	auto token = context::RuntimeContext::Attach(parent);
	auto span = tracer->StartSpan("flush");
	trace::Scope scope(span);

	if (fsync(fd) < 0)
		return -1;
	auto inner = std::make_unique<trace::Scope>(tracer->StartSpan("inner"));
	inner.reset();
	return 0;
}

struct Stack {
	nostd::unique_ptr<context::Token> token;
};

void keep(Stack &stack, const context::Context &parent)
{
	auto token = context::RuntimeContext::Attach(parent);
	stack.token = std::move(token);
}
