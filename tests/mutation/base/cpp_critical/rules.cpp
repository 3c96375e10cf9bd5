// Amounts and limits.
#include "transfer.h"

namespace bank
{

opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> tracer()
{
	return opentelemetry::trace::Provider::GetTracerProvider()->GetTracer("bank", "2.1");
}

int check(const Transfer &transfer)
{
	return transfer.cents > 0 ? 0 : -1;
}

long fee(long cents)
{
	long part = cents / 200;
	return part < 5 ? 5 : part;
}

} // namespace bank
