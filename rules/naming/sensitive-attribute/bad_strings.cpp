// In C++: at the start, in a map, through strings and streams, from a map of headers.
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Account {
	std::string id;
	std::string password;
};

void start(trace::Tracer &tracer, const Account &account)
{
	auto span = tracer.StartSpan("login", {{"app.account", account.id}, {"app.hint", account.password}}); // expect: sensitive-attribute "credential: account.password"
	span->End();
}

void streamed(trace::Span &span, const Account &account)
{
	std::ostringstream text;
	text << "account " << account.id << " with " << account.password; // expect-step: sensitive-attribute "account.password is read here"
	span.SetAttribute("app.account", text.str()); // expect: sensitive-attribute "credential: account.password"
}

void joined(trace::Span &span, const Account &account)
{
	std::string text = "account ";
	text += account.password;
	span.SetAttribute("app.account", text); // expect: sensitive-attribute "credential: account.password"
}

void from_headers(trace::Span &span, std::map<std::string, std::string> &headers)
{
	span.SetAttribute("app.cache", headers["cookie"]); // expect: sensitive-attribute "credential: header cookie"
	auto found = headers.find("authorization");
	if (found != headers.end())
		span.SetAttribute("app.caller", found->second); // expect: sensitive-attribute "credential: header authorization"
}

void from_map(trace::Tracer &tracer, const char *value)
{
	std::map<std::string, std::string> attributes;
	attributes["app.kind"] = "login";
	attributes["auth.refresh_token"] = value; // expect: sensitive-attribute "holds a credential"
	attributes.emplace("app.api_key", value); // expect: sensitive-attribute "holds a credential"
	auto span = tracer.StartSpan("login", attributes);
	span->End();
}
