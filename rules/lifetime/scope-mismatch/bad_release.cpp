// release() gives the token up without detaching it.
#include <utility>

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

class Request
{
public:
	void Begin(const context::Context &parent)
	{
		token_ = context::RuntimeContext::Attach(parent);
	}

	void End()
	{
		if (token_) {
			token_.release(); // expect: scope-mismatch "release()"
			token_ = nullptr;
		}
	}

private:
	nostd::unique_ptr<context::Token> token_;
};

void serve(const context::Context &parent)
{
	Request request;
	request.Begin(parent);
	request.End();
}
