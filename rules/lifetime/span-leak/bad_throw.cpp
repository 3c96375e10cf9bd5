// The C SDK in C++: an exception leaves, and nothing ends the span on its way.
#include <ctel/ctel.h>
#include <cstdio>
#include <stdexcept>
#include <string>

extern ctel_tracer *tracer;

long measure(const std::string &path)
{
	ctel_span *span = ctel_span_start(tracer, "measure", nullptr); // expect: span-leak "not ended on this path"
	std::FILE *file = std::fopen(path.c_str(), "r");

	if (!file) // expect-step: span-leak "file is NULL"
		throw std::runtime_error("cannot open " + path); // expect-step: span-leak "leaves with an exception"
	std::fseek(file, 0, SEEK_END);
	long bytes = std::ftell(file);
	std::fclose(file);
	ctel_span_end(span);
	return bytes;
}
