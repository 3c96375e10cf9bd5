// A method marked by a plain attribute; only the helper below it is traced, and not always called.
#include <fstream>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

class Ledger
{
public:
	Ledger(trace::Tracer &tracer, std::string path) : tracer_(tracer), path_(std::move(path))
	{
	}

	[[clang::annotate("otel-tidy:critical-path;ledger.book;tenant.id")]]
	bool book(const std::string &tenant, long cents) // expect: missing-span "owns no span"
	{
		std::ofstream file(path_, std::ios::app);
		if (!file)
			return recover(tenant);
		file << tenant << ' ' << cents << '\n';
		return file.good();
	}

private:
	bool recover(const std::string &tenant)
	{
		auto span = tracer_.StartSpan("recover ledger");
		span->SetAttribute("tenant.id", tenant);
		std::ofstream file(path_ + ".new");
		return file.good();
	}

	trace::Tracer &tracer_;
	std::string path_;
};

bool book(trace::Tracer &tracer)
{
	return Ledger(tracer, "ledger.csv").book("acme", 100);
}
