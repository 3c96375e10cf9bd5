// Made by functions and tables that only know a few.
#include <map>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int fetch(const std::string &page);

enum class Kind { page, image };

static const std::map<Kind, const char *> kNames = {{Kind::page, "fetch page"}, {Kind::image, "fetch image"}};
static const std::vector<std::string> kSteps = {"first", "second"};

static std::string verb(Kind kind)
{
	return kind == Kind::page ? "fetch page" : "fetch image";
}

static std::string with_prefix(const std::string &what)
{
	return "shop " + what;
}

int fetch_one(trace::Tracer &tracer, const std::string &page, Kind kind, int step)
{
	auto by_function = tracer.StartSpan(verb(kind));
	auto by_map = tracer.StartSpan(kNames.at(kind));
	auto by_list = tracer.StartSpan(kSteps[step]);
	auto prefixed = tracer.StartSpan(with_prefix("order"));
	return fetch(page);
}
