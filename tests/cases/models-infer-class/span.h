// What the library gives to its users: a span, and one that is current while it lives.
#ifndef SPAN_H
#define SPAN_H

#include <memory>
#include <string>

#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace house
{
class Tracer
{
public:
	class Span
	{
	public:
		Span() = default;
		~Span();
		Span(Span &&other) noexcept;
		Span &operator=(Span &&other) noexcept;

		void set(const std::string &key, const std::string &value);
		void customer(const std::string &tenant);
		void fail(const std::string &what);
		void end();
		bool is_valid() const;

	private:
		friend class Tracer;
		explicit Span(opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> span);

		opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> span_;
		bool ended_ = false;
	};

	static Span start(const std::string &name);
};

class Scoped
{
public:
	Scoped(const std::string &name, const std::string &order);
	~Scoped();
	Scoped(const Scoped &) = delete;
	Tracer::Span &span();

private:
	struct Impl;
	std::unique_ptr<Impl> impl_;
};
}

#endif
