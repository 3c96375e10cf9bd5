// A guard that ends its span, and work that is given as a lambda.
#include <cstdio>
#include <functional>
#include <utility>

#include <unistd.h>

#include "opentelemetry/trace/provider.h"

namespace nostd = opentelemetry::nostd;
namespace trace = opentelemetry::trace;

extern nostd::shared_ptr<trace::Tracer> tracer;

class Guard
{
      public:
	explicit Guard(nostd::shared_ptr<trace::Span> span) : span_(span), scope_(span_)
	{
	}

	~Guard()
	{
		span_->End();
	}

	void fail(const char *why)
	{
		span_->SetStatus(trace::StatusCode::kError, why);
	}

      private:
	nostd::shared_ptr<trace::Span> span_;
	trace::Scope scope_;
};

template <typename Work> static int timed(Work work)
{
	return work();
}

int flush(int fd)
{
	Guard guard(tracer->StartSpan("flush"));
	int rc = fsync(fd);
	if (rc < 0)
		guard.fail("fsync");
	return rc;
}

int checkpoint(int journal, int data)
{
	auto span = tracer->StartSpan("checkpoint");
	trace::Scope scope(span);
	int rc = timed([&] { return fsync(journal); });
	if (rc < 0) {
		span->SetStatus(trace::StatusCode::kError, "journal");
		return rc;
	}
	auto sync_data = [data]() {
		auto inner = tracer->StartSpan("sync data");
		int result = fsync(data);
		if (result < 0)
			inner->SetStatus(trace::StatusCode::kError, "data");
		inner->End();
		return result;
	};
	rc = sync_data();
	if (rc < 0)
		span->SetStatus(trace::StatusCode::kError, "data");
	return rc;
}

bool is_aligned(long offset)
{
	return offset % 4096 == 0;
}

long round_up(long offset)
{
	long rest = offset % 4096;
	return rest ? offset + 4096 - rest : offset;
}
