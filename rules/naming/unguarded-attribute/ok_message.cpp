// Guarded, or logged as well.
#include <iostream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace google
{
namespace protobuf
{
class Message
{
public:
	std::string DebugString() const;
};
} // namespace protobuf
} // namespace google

void guarded(opentelemetry::trace::Span &span, const google::protobuf::Message &request)
{
	if (span.IsRecording())
		span.SetAttribute("rpc.request", request.DebugString());
}

void logged(opentelemetry::trace::Span &span, const google::protobuf::Message &request)
{
	std::string text = request.DebugString();
	std::cout << text;
	span.SetAttribute("rpc.request", text);
}
