// In C++, at the start and in an event.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Person {
	std::string birthDate;
	std::string shippingAddress;
};

void ship(trace::Tracer &tracer, const Person &person, const std::string &email)
{
	auto span = tracer.StartSpan("ship", {{"user.email", email}}); // expect: personal-attribute "holds personal data"
	span->SetAttribute("app.age_check", person.birthDate); // expect: personal-attribute "personal data: person.birthDate"
	span->AddEvent("sent", {{"app.target", person.shippingAddress}}); // expect: personal-attribute "personal data: person.shippingAddress"
}
