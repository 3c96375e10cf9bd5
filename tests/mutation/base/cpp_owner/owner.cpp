// The operation's span ends with it.
#include "owner.h"

namespace trace = opentelemetry::trace;

Operation::Operation(opentelemetry::nostd::string_view name) : span_(tracer->StartSpan(name))
{
}

Operation::~Operation()
{
	span_->End();
}

void Operation::fail(const char *why)
{
	failed_ = true;
	span_->SetStatus(trace::StatusCode::kError, why);
}

void Operation::note(const char *key, long value)
{
	notes_++;
	span_->SetAttribute(key, value);
}

bool Operation::has_failed() const
{
	return failed_;
}

int Operation::nr_notes() const
{
	return notes_;
}

void Operation::reset_notes()
{
	notes_ = 0;
}
