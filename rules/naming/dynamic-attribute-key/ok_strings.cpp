// Constants in every dress C++ has for them; and the keys that the conventions end in a name.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

namespace semconv
{
static constexpr const char *kHttpRequestMethod = "http.request.method";
}

static const std::string kCity = "app.city";
static const nostd::string_view kKeys[] = {"app.one", "app.two"};
static constexpr std::string_view kView{"app.view"};

struct Keys {
	static constexpr const char *kPlan = "app.plan";
};

void note(trace::Span &span, int i, const std::map<std::string, std::string> &headers)
{
	span.SetAttribute(semconv::kHttpRequestMethod, "GET");
	span.SetAttribute(kCity, "Berlin");
	span.SetAttribute(kKeys[i], i);
	span.SetAttribute(kView.data(), i);
	span.SetAttribute(Keys::kPlan, "free");
	span.SetAttribute(std::string("app.") + "joined", i);
	for (const auto &header : headers)
		span.SetAttribute("http.request.header." + header.first, header.second);
}

static void set(trace::Span &span, const std::string &key, int value)
{
	span.SetAttribute(key, value);
}

int load();

int start(trace::Tracer &tracer)
{
	auto span = tracer.StartSpan("start", {{"app.kind", "cold"}, {kCity, "Paris"}});
	set(*span, "app.size", 3);
	return load();
}
