// std::string makes it easy.
#include <string>
#include <thread>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int fetch(const std::string &uri);

int fetch_job(trace::Tracer &tracer, int number, const std::string &uri)
{
	auto span = tracer.StartSpan("job " + std::to_string(number)); // expect: dynamic-span-name "built at run time"
	return fetch(uri);
}

int fetch_uri(trace::Tracer &tracer, const std::string &request_uri)
{
	std::string name = "GET " + request_uri;
	auto span = tracer.StartSpan(name); // expect: dynamic-span-name "built at run time"
	return fetch(request_uri);
}

struct Job {
	std::string order_id;
};

int fetch_order(trace::Tracer &tracer, const Job &job, const std::string &uri)
{
	auto span = tracer.StartSpan("order " + job.order_id + " fetch"); // expect: dynamic-span-name "built at run time"
	return fetch(uri);
}
