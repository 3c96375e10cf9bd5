// The same in C++: virtual methods, std::function, locks, streams, futures.
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

class Store
{
public:
	virtual ~Store() = default;
	virtual int put(const std::string &key, const std::string &value) = 0;
};

class Cache
{
public:
	Cache(trace::Tracer &tracer, Store &store) : tracer_(tracer), store_(store)
	{
	}

	int put(const std::string &key, const std::string &value)
	{
		auto span = tracer_.StartSpan("put");
		return store_.put(key, value);
	}

	void notify(int what)
	{
		auto span = tracer_.StartSpan("notify");
		listener_(what);
	}

	std::size_t size()
	{
		auto span = tracer_.StartSpan("size");
		std::lock_guard<std::mutex> guard(mutex_);
		return keys_.size();
	}

	void save(const std::string &path)
	{
		auto span = tracer_.StartSpan("save");
		std::ofstream out(path);
		out << keys_.size() << "\n";
	}

	int wait(std::future<int> &answer)
	{
		auto span = tracer_.StartSpan("wait");
		return answer.get();
	}

	int remote()
	{
		trace::StartSpanOptions options;
		options.kind = trace::SpanKind::kClient;
		auto span = tracer_.StartSpan("remote", options);
		return 1;
	}

private:
	trace::Tracer &tracer_;
	Store &store_;
	std::function<void(int)> listener_;
	std::mutex mutex_;
	std::vector<std::string> keys_;
};

template <typename Source> int count(trace::Tracer &tracer, Source &source)
{
	auto span = tracer.StartSpan("count");
	return source.count();
}

struct Numbers {
	int nr = 0;
	int count() const
	{
		return nr;
	}
};

int count_numbers(trace::Tracer &tracer, Numbers &numbers)
{
	return count(tracer, numbers);
}
