// A getter that loads what is missing, a virtual one, and one whose span is handed on.
#include <memory>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

std::string load_name(int id);

class Customer
{
public:
	Customer(nostd::shared_ptr<trace::Tracer> tracer, int id) : tracer_(tracer), id_(id)
	{
	}
	virtual ~Customer() = default;

	const std::string &name()
	{
		auto span = tracer_->StartSpan("customer name");
		if (name_.empty())
			name_ = load_name(id_);
		return name_;
	}

	virtual long balance() const = 0;

	long doubled() const
	{
		auto span = tracer_->StartSpan("doubled");
		return 2 * balance();
	}

	void begin()
	{
		span_ = tracer_->StartSpan("visit");
	}

	void end()
	{
		span_->End();
	}

private:
	nostd::shared_ptr<trace::Tracer> tracer_;
	nostd::shared_ptr<trace::Span> span_;
	int id_;
	std::string name_;
};
