// The rest of the shop: what waits, and can fail.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace shop
{

inline constexpr const char *kPaymentHost = "payments.example";

struct Order {
	std::string id, tenant, user_hash, flag;
	std::vector<std::string> skus;
	int items;
	double total;
	bool is_express;
};

// What went wrong: `type` is one of few, what() is for people.
class Failure : public std::runtime_error
{
      public:
	Failure(std::string kind, const std::string &message)
	    : std::runtime_error(message), type(std::move(kind))
	{
	}
	const std::string type;
};

class Timeout : public Failure
{
      public:
	explicit Timeout(const std::string &message) : Failure("timeout", message)
	{
	}
};

using Headers = std::map<std::string, std::string>;

Order todays_order();
void reserve(const Order &order);
void charge(const Headers &headers, const Order &order, int attempt);
void send_mail(const Order &order);

} // namespace shop
