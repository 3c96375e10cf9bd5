// args: --rule span-leak --rule double-end --rule use-after-end --rule ok-overwritten --rule unchecked-span --rule discarded-span --rule end-not-owned --rule scope-mismatch --rule discarded-context --rule inconsistent-exits --rule attribute-before-value --rule dangling-instrumentation --rule ok-on-failure
// What users of span linters for other languages complain about, as C++ has it. All of it is right.
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/scope.h>

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

extern nostd::shared_ptr<trace::Tracer> tracer;
bool write_some(int fd);
void post(std::function<void()> work);

/* 1. Handed to the caller. */
nostd::shared_ptr<trace::Span> begin(const char *name)
{
	return tracer->StartSpan(name);
}

/* 2. Started by a wrapper, ended by going out of scope. */
bool handle(int fd)
{
	auto span = begin("handle");
	trace::Scope scope(span);
	return write_some(fd);
}

/* 3. An end function of one's own. */
static void finish(const nostd::shared_ptr<trace::Span> &span, bool ok)
{
	if (!ok)
		span->SetStatus(trace::StatusCode::kError, "write");
	span->End();
}

bool handle_with_helper(int fd)
{
	auto span = begin("with helper");
	bool ok = write_some(fd);
	finish(span, ok);
	return ok;
}

/* 4. Not owned: described through a reference. */
void describe(trace::Span &span, int fd)
{
	span.SetAttribute("app.fd", fd);
}

/* 5. A guard ends it, if it is armed. */
class Guard
{
public:
	explicit Guard(nostd::shared_ptr<trace::Span> span) : span_(std::move(span)) {}
	~Guard()
	{
		if (armed_)
			span_->End();
	}
	void release() { armed_ = false; }

private:
	nostd::shared_ptr<trace::Span> span_;
	bool armed_ = true;
};

bool handle_guarded(int fd)
{
	Guard guard(begin("guarded"));
	if (!write_some(fd))
		return false;
	return write_some(fd + 1);
}

/* 6. Returns outside the span's scope. */
int handle_late(int fd, bool enabled)
{
	if (!enabled)
		return 0;
	{
		auto span = begin("late");
		trace::Scope scope(span);
		if (!write_some(fd))
			span->SetStatus(trace::StatusCode::kError, "write");
	}
	return fd > 1000 ? 1 : 2;
}

/* 7. A function literal takes it along and ends it later. */
void handle_later(int fd)
{
	auto span = begin("later");
	post([span, fd] {
		write_some(fd);
		span->End();
	});
}

/* 8. A function literal that is run in place. */
bool handle_in_place(int fd)
{
	auto span = begin("in place");
	bool ok = [&] { return write_some(fd); }();
	span->End();
	return ok;
}

/* 9. Kept in a map until somebody asks for it. */
static std::map<int, nostd::shared_ptr<trace::Span>> open_spans;

void opened(int fd)
{
	open_spans[fd] = begin("connection");
}

void closed(int fd)
{
	auto found = open_spans.find(fd);
	if (found == open_spans.end())
		return;
	found->second->End();
	open_spans.erase(found);
}

/* 10. Moved into its owner. */
struct Job {
	nostd::shared_ptr<trace::Span> span;
};

std::unique_ptr<Job> make_job()
{
	auto span = begin("job");
	auto job = std::make_unique<Job>();
	job->span = std::move(span);
	return job;
}
