// std::string makes it easy.
#include <map>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int load();

void note(trace::Span &span, const std::map<std::string, int> &counts, int number)
{
	for (const auto &entry : counts)
		span.SetAttribute("app.count." + entry.first, entry.second); // expect: dynamic-attribute-key "parts of it are not constant"
	span.SetAttribute("app.step." + std::to_string(number), true); // expect: dynamic-attribute-key "a number is made into text"
}

int start(trace::Tracer &tracer, const std::string &user_id)
{
	auto span = tracer.StartSpan("start", {{"app.user." + user_id, true}}); // expect: dynamic-attribute-key "user_id is joined into it"
	return load();
}
