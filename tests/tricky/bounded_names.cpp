// The same in C++: tables, constants and the parts of a convention.
#include <array>
#include <string>
#include <unordered_map>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int publish(const std::string &exchange, const std::string &body);

static const nostd::string_view kPublish = "publish";
static const std::string kReceive = "receive";

enum class Verb { kGet, kPut };

static nostd::string_view to_string(Verb verb)
{
	switch (verb) {
	case Verb::kGet:
		return "get";
	case Verb::kPut:
		return "put";
	}
	return "other";
}

class Client
{
public:
	explicit Client(trace::Tracer &tracer) : tracer_(tracer)
	{
	}

	int by_constant(const std::string &body)
	{
		auto span = tracer_.StartSpan(kPublish);
		return publish("orders", body);
	}

	int by_string(const std::string &body)
	{
		auto span = tracer_.StartSpan(kReceive);
		return publish("orders", body);
	}

	int by_verb(Verb verb, const std::string &body)
	{
		auto span = tracer_.StartSpan(to_string(verb));
		return publish("orders", body);
	}

	/* "orders publish": destinations are few, by the messaging conventions. */
	int by_destination(const std::string &exchange, const std::string &body)
	{
		auto span = tracer_.StartSpan(exchange + " publish");
		return publish(exchange, body);
	}

	int by_table(unsigned at, const std::string &body)
	{
		static const std::array<const char *, 3> names = {"first", "second", "third"};
		auto span = tracer_.StartSpan(names[at % 3]);
		return publish("orders", body);
	}

	int by_map(const std::string &kind, const std::string &body)
	{
		static const std::unordered_map<std::string, std::string> names = {
			{"a", "audit"}, {"b", "bill"}};
		auto span = tracer_.StartSpan(names.at(kind));
		return publish("orders", body);
	}

	int by_literal(bool large, const std::string &body)
	{
		const std::string name = large ? std::string("publish large") : std::string("publish");
		auto span = tracer_.StartSpan(name);
		return publish("orders", body);
	}

private:
	trace::Tracer &tracer_;
};
