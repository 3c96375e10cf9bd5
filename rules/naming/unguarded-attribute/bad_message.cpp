// A message's debug text.
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

int handle(const google::protobuf::Message &request);

int serve(opentelemetry::trace::Span &span, const google::protobuf::Message &request)
{
	span.SetAttribute("rpc.request", request.DebugString()); // expect: unguarded-attribute "DebugString() is called for attribute"
	return handle(request);
}
