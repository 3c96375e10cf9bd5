// A class around a raw handle without a destructor: who has the object has to end it.
#include <string>

#include <ctel/ctel.h>

bool append(const std::string &order);

class Span
{
public:
	explicit Span(const char *name) : span_(ctel_span_start(nullptr, name, nullptr))
	{
	}
	void order(const char *id)
	{
		ctel_set(span_, "app.order.id", id);
	}
	void end()
	{
		ctel_span_end(span_);
		span_ = nullptr;
	}

private:
	ctel_span *span_;
};

class Timer
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

bool place(const std::string &order)
{
	Span span("place order"); // expect: span-leak "is not ended on this path"
	span.order(order.c_str());
	if (!append(order))
		return false;
	span.end();
	return true;
}

bool move(const std::string &order)
{
	Timer timer;
	timer.begin("move order"); // expect: span-leak "is not ended on this path"
	if (!append(order))
		return false;
	timer.end();
	return true;
}
