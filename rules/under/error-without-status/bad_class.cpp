// A class of the house stands for the span, and one error leaves no trace on it.
#include <cerrno>
#include <string>

#include <unistd.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();

class Span
{
public:
	explicit Span(const std::string &name) : span_(tracer()->StartSpan(name))
	{
	}
	void file(const std::string &path)
	{
		span_->SetAttribute("file.path", path);
	}
	void fail(int error)
	{
		if (!span_)
			return;
		span_->SetAttribute("error.type", std::to_string(error));
		span_->SetStatus(trace::StatusCode::kError, "system call");
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

int remove_file(const std::string &path)
{
	Span span("remove file");
	span.file(path);
	if (path.empty())
		return -EINVAL; // expect: error-without-status
	if (unlink(path.c_str()) < 0) {
		span.fail(errno);
		return -errno;
	}
	return 0;
}
