// In C++: the pseudonym, and what the address is used for.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Person {
	std::string pseudonym;
	std::string email;
};

int send_mail(const std::string &to);

int ship(trace::Tracer &tracer, const Person &person)
{
	auto span = tracer.StartSpan("ship", {{"enduser.pseudo.id", person.pseudonym}});
	span->SetAttribute("email.count", 1);
	return send_mail(person.email);
}
