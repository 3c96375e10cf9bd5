// Methods of two classes.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int charge(const std::string &card);
int refund(const std::string &card);

struct ChargeService {
	trace::Tracer &tracer;
	int run(const std::string &card)
	{
		auto span = tracer.StartSpan("ChargeService.run");
		return charge(card);
	}
};

struct RefundService {
	trace::Tracer &tracer;
	int run(const std::string &card)
	{
		auto span = tracer.StartSpan("ChargeService.run"); // expect: duplicate-span-name "bears the name of ChargeService::run"
		return refund(card);
	}
};

int all(trace::Tracer &tracer, const std::string &card)
{
	ChargeService c{tracer};
	RefundService r{tracer};
	return c.run(card) + r.run(card);
}
