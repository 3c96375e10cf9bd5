/* Four spans: too few to say what kind of program this is. */
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void step_1(void)
{
	CTEL_SPAN(span, tracer, "step 1");
	ctel_set(span, "code.line.number", 1);
	sleep(1);
}

static void step_2(void)
{
	CTEL_SPAN(span, tracer, "step 2");
	ctel_set(span, "code.line.number", 2);
	sleep(1);
}

static void step_3(void)
{
	CTEL_SPAN(span, tracer, "step 3");
	ctel_set(span, "code.line.number", 3);
	sleep(1);
}

static void step_4(void)
{
	CTEL_SPAN(span, tracer, "step 4");
	ctel_set(span, "code.line.number", 4);
	sleep(1);
}

int main(void)
{
	step_1();
	step_2();
	step_3();
	step_4();
	return 0;
}
