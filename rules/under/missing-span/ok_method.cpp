// The overload with fewer arguments only forwards: the span is where the work is.
#include <fstream>
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

class Ledger
{
public:
	Ledger(trace::Tracer &tracer, std::string path) : tracer_(tracer), path_(std::move(path))
	{
	}

	OTEL_CRITICAL_PATH("ledger.book", "tenant.id")
	bool book(const std::string &tenant, long cents)
	{
		auto span = tracer_.StartSpan("book", {{"tenant.id", tenant}});
		trace::Scope scope(span);
		std::ofstream file(path_, std::ios::app);
		if (!file) {
			span->SetStatus(trace::StatusCode::kError, "cannot be opened");
			return false;
		}
		file << tenant << ' ' << cents << '\n';
		return file.good();
	}

	OTEL_CRITICAL_PATH("ledger.book_for_house")
	bool book(long cents)
	{
		return book("house", cents);
	}

private:
	trace::Tracer &tracer_;
	std::string path_;
};
