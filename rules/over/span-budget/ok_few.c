// Ten behind a handler, and more than ten in a program that is run by hand.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;
typedef int handler(FILE *file);

#define STEP(n)                                                                                    \
	static int step_##n(FILE *file)                                                            \
	{                                                                                          \
		CTEL_SPAN(span, tracer, "step " #n);                                               \
		return fputs(#n "\n", file);                                                       \
	}

STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7) STEP(8) STEP(9) STEP(10) STEP(11)

static int on_request(FILE *f) // ok: span-budget
{
	return step_0(f) + step_1(f) + step_2(f) + step_3(f) + step_4(f) + step_5(f) + step_6(f) +
	       step_7(f) + step_8(f) + step_9(f);
}

handler *handler_get(void)
{
	return on_request;
}

int main(void) // ok: span-budget
{
	return on_request(stdout) + step_10(stdout) + step_11(stdout);
}
