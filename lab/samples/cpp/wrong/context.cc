// Wrong: the receipts' thread knows nothing of the order, so its span begins a trace of its own.
#include <opentelemetry/trace/provider.h>

#include <thread>

#include "../shop.h"

namespace trace = opentelemetry::trace;

bool print_receipts(int copies);

void place_order(trace::Tracer &tracer, const shop::Order &order, int copies)
{
	auto span = tracer.StartSpan("place order", {{"tenant.id", order.tenant}});
	trace::Scope scope(span);
	shop::reserve(order);
	std::thread printer([&tracer, copies] {
		auto receipt = tracer.StartSpan("print receipts");
		receipt->SetAttribute("app.receipt.copies", copies);
		if (!print_receipts(copies))
			receipt->SetStatus(trace::StatusCode::kError, "the printer is out of paper");
	});
	printer.join();
}
