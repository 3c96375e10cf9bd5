// Transfers between accounts.
#ifndef TRANSFER_H
#define TRANSFER_H

#include <string>

#include "opentelemetry/trace/provider.h"

namespace bank
{

struct Transfer {
	std::string tenant;
	std::string id;
	long cents;
	int journal;
};

opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> tracer();
int check(const Transfer &transfer);
int execute(const Transfer &transfer);
int revoke(const Transfer &transfer);
long fee(long cents);

} // namespace bank

#endif
