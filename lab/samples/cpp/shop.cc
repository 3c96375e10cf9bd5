// Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server.
#include "shop.h"

#include <chrono>
#include <thread>

namespace shop
{

using namespace std::chrono_literals;

Order todays_order()
{
	return {"o-4711", "acme", "5f2d9a", "payment_v2", {"MUG", "LAMP"}, 3, 79.9, true};
}

static bool has_header(const Headers &headers, const char *name, const std::string &part)
{
	auto header = headers.find(name);
	return header != headers.end() && header->second.find(part) != std::string::npos;
}

void reserve(const Order &order)
{
	std::this_thread::sleep_for(4ms);
	if (order.items > 5)
		throw Failure("out_of_stock", "the warehouse has too few");
}

// Refuses whoever does not say to which trace and tenant the payment belongs.
void charge(const Headers &headers, const Order &order, int attempt)
{
	if (!has_header(headers, "traceparent", "00-") ||
		!has_header(headers, "baggage", "tenant.id=" + order.tenant))
		throw Failure("refused", "no trace, no tenant");
	std::this_thread::sleep_for(attempt == 1 ? 20ms : 6ms);
	if (attempt == 1)
		throw Timeout("no answer in 20 ms");
}

void send_mail(const Order &order)
{
	std::this_thread::sleep_for(3ms);
	if (order.id.empty())
		throw Failure("refused", "the mail was not taken");
}

} // namespace shop
