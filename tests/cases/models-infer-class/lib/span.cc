#include "span.h"

#include <utility>

namespace house
{
using Handle = opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span>;

static bool is_on = true;

Tracer::Span::Span(Handle span) : span_(std::move(span))
{
}

Tracer::Span::~Span()
{
	end();
}

Tracer::Span::Span(Span &&other) noexcept : ended_(other.ended_)
{
	span_ = std::move(other.span_);
	other.ended_ = true;
}

Tracer::Span &Tracer::Span::operator=(Span &&other) noexcept
{
	end();
	span_ = std::move(other.span_);
	ended_ = other.ended_;
	other.ended_ = true;
	return *this;
}

void Tracer::Span::set(const std::string &key, const std::string &value)
{
	if (span_)
		span_->SetAttribute(key, value);
}

void Tracer::Span::customer(const std::string &tenant)
{
	set("tenant.id", tenant);
}

void Tracer::Span::fail(const std::string &what)
{
	if (span_)
		span_->SetStatus(opentelemetry::trace::StatusCode::kError, what);
}

void Tracer::Span::end()
{
	if (ended_ || !span_)
		return;
	span_->End();
	ended_ = true;
}

bool Tracer::Span::is_valid() const
{
	return span_ != nullptr;
}

Tracer::Span Tracer::start(const std::string &name)
{
	if (!is_on)
		return Span();
	auto tracer = opentelemetry::trace::Provider::GetTracerProvider()->GetTracer("house");
	return Span(tracer->StartSpan(name));
}

struct Scoped::Impl {
	Tracer::Span span;
};

Scoped::Scoped(const std::string &name, const std::string &order) : impl_(std::make_unique<Impl>())
{
	impl_->span = Tracer::start(name);
	impl_->span.set("app.order.id", order);
}

Scoped::~Scoped() = default;

Tracer::Span &Scoped::span()
{
	return impl_->span;
}
}
