// Status, exception event, or an attribute that says it.
#include <exception>
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>
#include <stdexcept>

namespace trace = opentelemetry::trace;

struct Store {
	bool put(const char *key);
};

using Tracer = opentelemetry::nostd::shared_ptr<trace::Tracer>;

bool put_one(const Tracer &tracer, Store &store, const char *key);
void put_all(const Tracer &tracer, Store &store, const char *const *keys, int nr);

bool put_one(const Tracer &tracer, Store &store, const char *key)
{
	auto span = tracer->StartSpan("put");
	trace::Scope scope(span);
	try {
		return store.put(key);
	} catch (const std::exception &e) {
		span->SetStatus(trace::StatusCode::kError, e.what());
		return false;
	}
}

void put_all(const Tracer &tracer, Store &store, const char *const *keys, int nr)
{
	auto span = tracer->StartSpan("put all");
	for (int i = 0; i < nr; i++) {
		if (!put_one(tracer, store, keys[i])) {
			span->SetAttribute("error.type", "store");
			throw std::runtime_error("store");
		}
	}
}
