// Made by a function of the program, and by a stream.
#include <sstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int fetch(const std::string &page);

static std::string title(const std::string &what, int number)
{
	return what + " " + std::to_string(number); // expect-step: dynamic-span-name "a number is made into text"
}

int fetch_page(trace::Tracer &tracer, const std::string &page, int number)
{
	auto span = tracer.StartSpan(title("page", number)); // expect: dynamic-span-name "a number is made into text"
	return fetch(page);
}

int fetch_part(trace::Tracer &tracer, const std::string &page, int part)
{
	std::ostringstream name;
	name << "part " << part << " of page";
	auto span = tracer.StartSpan(name.str()); // expect: dynamic-span-name "a number is made into text"
	return fetch(page);
}
