// The C SDK in C++: guards, deleters and closures end the span.
#include <ctel/ctel.h>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

extern ctel_tracer *tracer;

class SpanGuard
{
public:
	explicit SpanGuard(const char *name) : span_(ctel_span_enter(tracer, name))
	{
	}
	SpanGuard(const SpanGuard &) = delete;
	SpanGuard &operator=(const SpanGuard &) = delete;
	~SpanGuard()
	{
		ctel_span_end(span_);
	}
	ctel_span *get() const
	{
		return span_;
	}

private:
	ctel_span *span_;
};

int guarded(const std::string &path)
{
	SpanGuard span("guarded");
	ctel_set(span.get(), "file.path", path.c_str());
	std::FILE *file = std::fopen(path.c_str(), "r");
	if (!file)
		throw std::runtime_error("cannot open " + path);
	return std::fclose(file);
}

class Adopt
{
public:
	explicit Adopt(ctel_span *span) : span_(span)
	{
	}
	~Adopt()
	{
		ctel_span_end(span_);
	}

private:
	ctel_span *span_;
};

int adopted(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "adopted", nullptr);
	Adopt owner(span);
	return std::remove(path);
}

struct EndSpan {
	void operator()(ctel_span *span) const
	{
		ctel_span_end(span);
	}
};
using SpanPtr = std::unique_ptr<ctel_span, EndSpan>;

int deleted(const char *path)
{
	SpanPtr span(ctel_span_start(tracer, "deleted", nullptr));
	if (!path)
		return -1;
	return std::remove(path);
}

int shared(const char *path)
{
	std::shared_ptr<ctel_span> span(ctel_span_start(tracer, "shared", nullptr), ctel_span_end);
	return std::remove(path);
}

template <typename F> class Finally
{
public:
	explicit Finally(F f) : f_(std::move(f))
	{
	}
	~Finally()
	{
		f_();
	}

private:
	F f_;
};

int deferred(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "deferred", nullptr);
	Finally done([span] { ctel_span_end(span); });
	if (!path)
		return -1;
	return std::remove(path);
}

int threaded(const std::string &path)
{
	ctel_span *span = ctel_span_start(tracer, "threaded", nullptr);
	std::thread worker([span, path] {
		std::remove(path.c_str());
		ctel_span_end(span);
	});
	worker.detach();
	return 0;
}

void post(std::function<void(int)> then);

void completed()
{
	ctel_span *span = ctel_span_start(tracer, "completed", nullptr);
	post([span](int status) {
		if (status)
			ctel_span_error(span, "refused", nullptr);
		ctel_span_end(span);
	});
}

int caught(const std::string &path)
{
	ctel_span *span = ctel_span_start(tracer, "caught", nullptr);
	try {
		if (path.empty())
			throw std::invalid_argument("no path");
		guarded(path);
	} catch (const std::invalid_argument &e) {
		ctel_span_error(span, "invalid", e.what());
		ctel_span_end(span);
		throw;
	} catch (...) {
		ctel_span_error(span, "other", nullptr);
		ctel_span_end(span);
		return -1;
	}
	ctel_span_end(span);
	return 0;
}

int initialised(const char *path)
{
	if (ctel_span *span = ctel_span_start(tracer, "initialised", nullptr); path) {
		int rc = std::remove(path);
		ctel_span_end(span);
		return rc;
	} else {
		ctel_span_end(span);
	}
	return -1;
}

int immediate(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "immediate", nullptr);
	int rc = [&] {
		if (!path)
			return -1;
		return std::remove(path);
	}();
	ctel_span_end(span);
	return rc;
}
