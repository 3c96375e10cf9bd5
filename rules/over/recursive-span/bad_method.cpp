// A method that goes through a folder of folders.
#include <memory>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

struct Folder {
	std::vector<std::unique_ptr<Folder>> folders;
	std::size_t size = 0;

	std::size_t total() const
	{
		auto span = tracer().StartSpan("total"); // expect: recursive-span "at every level of total"
		std::size_t sum = size;
		for (const auto &folder : folders)
			sum += folder->total();
		return sum;
	}
};
