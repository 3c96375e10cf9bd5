// Classes of the house that stand for a span, in the shapes they come in: all of this is right.
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;
using SpanPtr = nostd::shared_ptr<trace::Span>;

nostd::shared_ptr<trace::Tracer> tracer();
bool append(const std::string &order);
void hand_over(void *anything);
extern bool tracing_is_on;

// A handle in a member, flags beside it, and an end that may come twice.
class Span
{
public:
	Span() = default;
	explicit Span(SpanPtr span) : span_(std::move(span)), valid_(true)
	{
	}
	~Span()
	{
		if (valid_ && !ended_)
			end();
	}
	Span(Span &&other) noexcept : valid_(other.valid_), ended_(other.ended_)
	{
		span_ = std::move(other.span_);
		other.valid_ = false;
	}
	Span &operator=(Span &&other) noexcept
	{
		if (this != &other) {
			if (valid_ && !ended_)
				end();
			span_ = std::move(other.span_);
			valid_ = other.valid_;
			ended_ = other.ended_;
			other.valid_ = false;
		}
		return *this;
	}
	Span &set(const std::string &key, const std::string &value)
	{
		if (span_)
			span_->SetAttribute(key, value);
		return *this;
	}
	void fail(const std::string &what)
	{
		if (!span_)
			return;
		span_->SetStatus(trace::StatusCode::kError, what);
	}
	void status(bool ok)
	{
		if (span_)
			span_->SetStatus(ok ? trace::StatusCode::kOk : trace::StatusCode::kError);
	}
	void end()
	{
		if (span_ && !ended_) {
			span_->End();
			ended_ = true;
		}
	}
	bool is_valid() const
	{
		return valid_;
	}
	explicit operator bool() const
	{
		return valid_;
	}

private:
	SpanPtr span_;
	bool valid_ = false;
	bool ended_ = false;
};

Span start(const std::string &name)
{
	if (!tracing_is_on)
		return Span();
	return Span(tracer()->StartSpan(name));
}

OTEL_CRITICAL_PATH("orders.start", "app.order.id", "tenant.id")
bool started(const std::string &order, const std::string &tenant)
{
	Span span = start("orders started");
	span.set("app.order.id", order).set("tenant.id", tenant);
	if (!append(order)) {
		span.fail("cannot append");
		span.end();
		return false;
	}
	span.end();
	span.end();
	return true;
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id")
bool moved(const std::string &order)
{
	Span first = start("orders moved");
	first.set("app.order.id", order);
	Span second = std::move(first);
	second.status(append(order));
	return true;
}

OTEL_CRITICAL_PATH("orders.again", "app.order.id")
bool assigned(const std::string &order)
{
	Span span;
	span = start("orders assigned");
	if (span)
		span.set("app.order.id", order);
	return append(order);
}

// Around it another one.
class ScopedSpan
{
public:
	explicit ScopedSpan(const std::string &name) : span_(start(name))
	{
	}
	void set(const std::string &key, const std::string &value)
	{
		span_.set(key, value);
	}
	Span &span()
	{
		return span_;
	}

private:
	Span span_;
};

OTEL_CRITICAL_PATH("orders.scoped", "app.order.id", "tenant.id")
bool scoped(const std::string &order, const std::string &tenant)
{
	ScopedSpan span("orders scoped");
	span.set("app.order.id", order);
	span.span().set("tenant.id", tenant);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.owned", "app.order.id")
bool owned(const std::string &order)
{
	auto span = std::make_unique<ScopedSpan>("orders owned");
	span->set("app.order.id", order);
	return append(order);
}

static std::unique_ptr<ScopedSpan> make_span(const char *name)
{
	return std::make_unique<ScopedSpan>(name);
}

OTEL_CRITICAL_PATH("orders.made", "app.order.id")
bool made(const std::string &order)
{
	std::unique_ptr<ScopedSpan> span = make_span("orders made");
	span->set("app.order.id", order);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.emplaced", "app.order.id")
bool emplaced(const std::string &order)
{
	std::optional<ScopedSpan> span;
	span.emplace("orders emplaced");
	span->set("app.order.id", order);
	return append(order);
}

// Derived from it, with a name of its own.
class ClientSpan : public ScopedSpan
{
public:
	explicit ClientSpan(const std::string &host) : ScopedSpan("ask a client")
	{
		set("server.address", host);
	}
	void order(const std::string &id)
	{
		set("app.order.id", id);
	}
};

OTEL_CRITICAL_PATH("orders.asked", "app.order.id")
bool asked(const std::string &order, const std::string &host)
{
	ClientSpan span(host);
	span.order(order);
	return append(order);
}

// Span and scope, made together; the handle can be had.
class Guard
{
public:
	Guard(const char *name, const std::string &tenant) :
		span_(tracer()->StartSpan(name)), scope_(span_)
	{
		span_->SetAttribute("tenant.id", tenant);
	}
	Guard(const Guard &) = delete;
	trace::Span *operator->()
	{
		return span_.get();
	}
	SpanPtr get() const
	{
		return span_;
	}

private:
	SpanPtr span_;
	trace::Scope scope_;
};

OTEL_CRITICAL_PATH("orders.guarded", "app.order.id", "tenant.id", "app.order.kind")
bool guarded(const std::string &order, const std::string &tenant)
{
	Guard span("orders guarded", tenant);
	span->SetAttribute("app.order.id", order);
	SpanPtr inner = span.get();
	inner->SetAttribute("app.order.kind", "books");
	if (!append(order)) {
		span->SetStatus(trace::StatusCode::kError, "cannot append");
		return false;
	}
	return true;
}

// The way to the handle goes through what only the implementation knows.
class Hidden
{
public:
	explicit Hidden(const char *name);
	Hidden(Hidden &&) noexcept = default;
	~Hidden();
	void order(const std::string &id);
	trace::Scope activate();
	bool is_on() const;

private:
	struct Impl;
	std::unique_ptr<Impl> impl_;
};

struct Hidden::Impl {
	SpanPtr span;
	std::chrono::steady_clock::time_point since;
	bool is_on = false;
};

Hidden::Hidden(const char *name) : impl_(std::make_unique<Impl>())
{
	impl_->span = tracer()->StartSpan(name);
	impl_->is_on = true;
	impl_->since = std::chrono::steady_clock::now();
}

Hidden::~Hidden()
{
	if (impl_ && impl_->span)
		impl_->span->End();
}

void Hidden::order(const std::string &id)
{
	impl_->span->SetAttribute("app.order.id", id);
}

trace::Scope Hidden::activate()
{
	return trace::Scope(impl_->span);
}

bool Hidden::is_on() const
{
	return impl_->is_on;
}

OTEL_CRITICAL_PATH("orders.hidden", "app.order.id")
bool hidden(const std::string &order)
{
	Hidden span("orders hidden");
	trace::Scope scope = span.activate();
	span.order(order);
	return append(order);
}

// Begun later, and more than once.
class Timer
{
public:
	void begin(const char *name)
	{
		span_ = tracer()->StartSpan(name);
	}
	void order(const std::string &id)
	{
		span_->SetAttribute("app.order.id", id);
	}

private:
	SpanPtr span_;
};

OTEL_CRITICAL_PATH("orders.timed", "app.order.id")
bool timed(const std::vector<std::string> &orders)
{
	Timer timer;
	bool all = true;
	for (const std::string &order : orders) {
		timer.begin("orders timed");
		timer.order(order);
		all &= append(order);
	}
	return all;
}

// A raw handle of the C SDK: the destructor ends it, or the one who has the object does.
class Owner
{
public:
	explicit Owner(const char *name) : span_(ctel_span_start(nullptr, name, nullptr))
	{
	}
	~Owner()
	{
		ctel_span_end(span_);
	}
	void order(const char *id)
	{
		ctel_set(span_, "app.order.id", id);
	}

private:
	ctel_span *span_;
};

OTEL_CRITICAL_PATH("orders.raw", "app.order.id")
bool raw(const std::string &order)
{
	Owner span("orders raw");
	span.order(order.c_str());
	return append(order);
}

class Loose
{
public:
	explicit Loose(const char *name) : span_(ctel_span_start(nullptr, name, nullptr))
	{
	}
	void end()
	{
		ctel_span_end(span_);
		span_ = nullptr;
	}

private:
	ctel_span *span_;
};

bool loose(const std::string &order)
{
	Loose span("orders loose");
	bool done = append(order);
	span.end();
	return done;
}

// Somebody else's from here on.
void given(std::vector<Span> *waiting, const std::string &order)
{
	Span span = start("orders given");
	span.set("app.order.id", order);
	append(order);
	waiting->push_back(std::move(span));
}

void given_away(const std::string &order)
{
	auto *span = new Loose("orders given away");
	append(order);
	hand_over(span);
}

// What is declared here and defined elsewhere may do anything.
class Partly
{
public:
	explicit Partly(const char *name) : span_(tracer()->StartSpan(name))
	{
	}
	void describe(const std::string &order);
	void order(const std::string &id)
	{
		span_->SetAttribute("app.order.id", id);
	}

private:
	SpanPtr span_;
};

OTEL_CRITICAL_PATH("orders.partly", "app.order.id", "tenant.id")
bool partly(const std::string &order)
{
	Partly span("orders partly");
	span.describe(order);
	return append(order);
}

// No span either: what is made here is work, and the span is one of many things it holds.
struct Parcel {
	SpanPtr span;
	std::string address;
	std::vector<std::string> orders;

	explicit Parcel(const char *name) : span(tracer()->StartSpan(name))
	{
	}
};

static int count(const Parcel &parcel)
{
	return static_cast<int>(parcel.orders.size() + parcel.address.size());
}

int parcelled()
{
	Parcel parcel("parcel");
	return count(parcel);
}

// No span, but something that has one: a request does work of its own.
class Request
{
public:
	explicit Request(const std::string &order) : span_(tracer()->StartSpan("request")), order_(order)
	{
	}
	bool run()
	{
		bool done = append(order_);
		if (!done)
			span_->SetStatus(trace::StatusCode::kError, "cannot append");
		span_->End();
		return done;
	}

private:
	SpanPtr span_;
	std::string order_;
};

int requested()
{
	Request request("1");
	return request.run() ? 0 : 1;
}

// Nor this: it knows more than its span.
class Ticket
{
public:
	explicit Ticket(int number) : span_(tracer()->StartSpan("ticket")), number_(number)
	{
	}
	int number() const
	{
		return number_;
	}
	bool is_even() const
	{
		return number_ % 2 == 0;
	}
	void note()
	{
		span_->AddEvent("noted");
	}

private:
	SpanPtr span_;
	int number_;
};

int numbered()
{
	Ticket ticket(3);
	return ticket.number() + ticket.is_even();
}

// One object, one span after the other.
class Stopwatch
{
public:
	void begin(const char *name)
	{
		span_ = ctel_span_start(nullptr, name, nullptr);
	}
	void end()
	{
		ctel_span_end(span_);
	}

private:
	ctel_span *span_ = nullptr;
};

bool twice(const std::string &order)
{
	Stopwatch watch;
	watch.begin("first");
	bool done = append(order);
	watch.end();
	watch.begin("second");
	done &= append(order);
	watch.end();
	return done;
}

// Some of its methods are templates, one exchanges spans: nobody knows what is set on which.
class General
{
public:
	explicit General(const char *name) : span_(tracer()->StartSpan(name))
	{
	}
	template <typename T> void set(const char *key, const T &value)
	{
		span_->SetAttribute(key, value);
	}
	template <typename F> auto run(F work)
	{
		trace::Scope scope(span_);
		return work();
	}
	void swap(General &other)
	{
		std::swap(span_, other.span_);
	}
	void order(const std::string &id)
	{
		span_->SetAttribute("app.order.id", id);
	}

private:
	SpanPtr span_;
};

OTEL_CRITICAL_PATH("orders.general", "app.order.id")
bool general(const std::string &order)
{
	General span("orders general");
	span.set("app.order.id", order);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.swapped", "app.order.id")
bool swapped(const std::string &order)
{
	General span("orders swapped");
	General other("orders to swap with");
	span.swap(other);
	other.order(order);
	span.order(order);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.run", "app.order.id")
bool run(const std::string &order)
{
	General span("orders run");
	return span.run([&] {
		span.order(order);
		return append(order);
	});
}

static std::unique_ptr<General> perhaps(const char *name)
{
	if (!tracing_is_on)
		return nullptr;
	return std::make_unique<General>(name);
}

OTEL_CRITICAL_PATH("orders.perhaps", "app.order.id")
bool may_be_traced(const std::string &order)
{
	auto span = perhaps("orders perhaps");
	if (span)
		span->order(order);
	return append(order);
}

// A session keeps one for as long as it is open.
class Session
{
public:
	void open()
	{
		span_ = std::make_unique<General>("session");
	}
	void close()
	{
		span_.reset();
	}
	bool work(const std::string &order)
	{
		General inner("session works");
		inner.order(order);
		return append(order);
	}

private:
	std::unique_ptr<General> span_;
};

int in_session(const std::vector<std::string> &orders)
{
	Session session;
	int done = 0;
	session.open();
	for (const std::string &order : orders)
		done += session.work(order);
	session.close();
	return done;
}

// In containers and in records they are whoever's the container is.
struct Numbered {
	General span;
	int number;
};

bool kept_in_a_record(const std::string &order)
{
	Numbered one{General("numbered"), 3};
	one.span.order(order);
	return append(order);
}

void kept_in_a_vector(std::vector<General> *all)
{
	all->emplace_back("kept");
	all->push_back(General("kept, too"));
}
