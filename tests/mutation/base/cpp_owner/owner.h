// An operation that owns its span.
#ifndef OWNER_H
#define OWNER_H

#include "opentelemetry/trace/provider.h"

extern opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> tracer;

class Operation
{
      public:
	explicit Operation(opentelemetry::nostd::string_view name);
	~Operation();
	Operation(const Operation &) = delete;
	Operation &operator=(const Operation &) = delete;

	void fail(const char *why);
	void note(const char *key, long value);
	bool has_failed() const;
	int nr_notes() const;
	void reset_notes();

      private:
	opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> span_;
	bool failed_ = false;
	int notes_ = 0;
};

#endif
