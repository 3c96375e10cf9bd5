// Loops that serve, try again, or run a few times.
#include <ctel/ctel.h>
#include <stdatomic.h>
#include <stdbool.h>

extern ctel_tracer *tracer;
static atomic_bool is_running;
static volatile int level;

static bool try_level(int wanted)
{
	for (int i = 0; i < 1000; i++)
		if (level == wanted)
			return true;
	return false;
}

void serve(int *requests, int nr)
{
	int next = 0;
	for (;;) {
		CTEL_SPAN(span, tracer, "request"); // ok: span-in-loop
		requests[next] = 0;
		next = (next + 1) % nr;
	}
}

void poll_level(int *out)
{
	while (atomic_load(&is_running)) {
		CTEL_SPAN(span, tracer, "poll"); // ok: span-in-loop
		*out = level;
	}
}

bool wait_level(int wanted, int max_attempts)
{
	for (int attempt = 0; attempt < max_attempts; attempt++) {
		CTEL_SPAN(span, tracer, "attempt"); // ok: span-in-loop
		if (try_level(wanted))
			return true;
	}
	return false;
}

bool wait_rounds(int wanted, int nr)
{
	for (int round = 0; round < nr; round++) {
		CTEL_SPAN(span, tracer, "round"); // ok: span-in-loop
		if (try_level(wanted))
			return true;
	}
	return false;
}

int both_sides(const int *weights)
{
	int sum = 0;
	for (int side = 0; side < 2; side++) {
		CTEL_SPAN(span, tracer, "side"); // ok: span-in-loop
		sum += weights[side];
	}
	return sum;
}
