// In C++.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/runtime_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;

struct Session {
	std::string userEmail;
	std::string apiKey;
};

int handle();

int serve(const Session &session)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current);
	entries = entries->Set("app.contact", session.userEmail); // expect: sensitive-baggage "personal data: session.userEmail"
	entries = entries->Set("api_key", session.apiKey); // expect: sensitive-baggage "holds a credential"
	auto token = context::RuntimeContext::Attach(baggage::SetBaggage(current, entries));
	return handle();
}
