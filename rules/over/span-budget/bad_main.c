// More places for spans than thirty behind main.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

#define STEP(n)                                                                                    \
	static int step_##n(FILE *file)                                                            \
	{                                                                                          \
		CTEL_SPAN(span, tracer, "step " #n);                                               \
		return fputs(#n "\n", file);                                                       \
	}
#define TEN(n)                                                                                     \
	STEP(n##0) STEP(n##1) STEP(n##2) STEP(n##3) STEP(n##4)                                     \
	STEP(n##5) STEP(n##6) STEP(n##7) STEP(n##8) STEP(n##9)                                     \
	static int ten_##n(FILE *f)                                                                \
	{                                                                                          \
		return step_##n##0(f) + step_##n##1(f) + step_##n##2(f) + step_##n##3(f) +         \
		       step_##n##4(f) + step_##n##5(f) + step_##n##6(f) + step_##n##7(f) +         \
		       step_##n##8(f) + step_##n##9(f);                                            \
	}

TEN(1)
TEN(2)
TEN(3)

int main(void) // expect: span-budget "31 INTERNAL spans can be started from main, more than 30"
{
	CTEL_SPAN(span, tracer, "main");
	return ten_1(stdout) + ten_2(stdout) + ten_3(stdout);
}
