// A generated stub: the client's context leaves as it was made.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>

namespace trace = opentelemetry::trace;

namespace grpc
{
class ClientContext
{
      public:
	ClientContext();
	~ClientContext();
};
} // namespace grpc

namespace shop
{
struct Request {
};
struct Response {
};
class Prices
{
      public:
	class Stub
	{
	      public:
		int Quote(grpc::ClientContext *context, const Request &request, Response *response);
	};
};
} // namespace shop

int quote(trace::Tracer &tracer, shop::Prices::Stub &stub);

int quote(trace::Tracer &tracer, shop::Prices::Stub &stub)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("quote", options);
	trace::Scope scope(span);
	grpc::ClientContext context;
	shop::Request request;
	shop::Response response;
	int rc = stub.Quote(&context, request, &response); // expect: unpropagated-context
	if (rc != 0)
		span->SetStatus(trace::StatusCode::kError);
	return rc;
}
