// In C++: used for the work, and not for the span.
#include <functional>
#include <map>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Account {
	std::string id;
	std::string password;
	bool has_token;
};

int open_account(const std::string &id, const std::string &password);

int login(trace::Tracer &tracer, const Account &account, const std::map<std::string, std::string> &headers)
{
	auto span = tracer.StartSpan("login", {{"app.account.id", account.id}, {"app.login.has_password", !account.password.empty()}});
	span->SetAttribute("app.login.password_length", static_cast<int>(account.password.size()));
	span->SetAttribute("auth.token", account.has_token);
	span->SetAttribute("http.request.header.accept", headers.at("accept"));
	std::string line = account.id + ":" + account.password;
	int rc = open_account(account.id, line);
	span->SetAttribute("app.login.result", rc == 0 ? "ok" : "refused");
	return rc;
}
