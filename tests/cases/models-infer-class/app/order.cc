#include <unistd.h>

#include <memory>
#include <string>

#include <otel-tidy/annotations.h>

#include "span.h"

struct Order {
	std::string id;
	std::string tenant;
};

static bool append(int fd, const Order &order)
{
	return write(fd, order.id.data(), order.id.size()) >= 0;
}

OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id")
bool order_place(int fd, const Order &order)
{
	house::Tracer::Span span = house::Tracer::start("place order");
	span.set("app.order.id", order.id);
	span.set("http.method", "POST");
	if (!order.tenant.empty())
		span.customer(order.tenant);
	if (!append(fd, order)) {
		span.fail("cannot append");
		return false;
	}
	span.end();
	return true;
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id", "tenant.id")
bool order_move(int fd, const Order &order)
{
	house::Scoped span("move order", order.id);
	if (order.tenant.empty())
		return append(fd, order);
	span.span().customer(order.tenant);
	return append(fd, order);
}

OTEL_CRITICAL_PATH("orders.remove", "app.order.id", "tenant.id")
bool order_remove(int fd, const Order &order)
{
	auto span = std::make_unique<house::Scoped>("remove order", order.id);
	span->span().customer(order.tenant);
	return append(fd, order);
}

int order_number(const Order &order)
{
	house::Scoped span("number of an order", order.id);
	int number = static_cast<int>(order.id.size());
	return number;
}
