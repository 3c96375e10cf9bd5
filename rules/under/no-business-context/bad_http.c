/* HTTP and database keys only: how it went, never what for. */
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void step_1(void)
{
	CTEL_SPAN(span, tracer, "step 1"); // expect: no-business-context
	ctel_set(span, "http.response.status_code", 1);
	sleep(1);
}

static void step_2(void)
{
	CTEL_SPAN(span, tracer, "step 2");
	ctel_set(span, "http.response.status_code", 2);
	sleep(1);
}

static void step_3(void)
{
	CTEL_SPAN(span, tracer, "step 3");
	ctel_set(span, "http.response.status_code", 3);
	sleep(1);
}

static void step_4(void)
{
	CTEL_SPAN(span, tracer, "step 4");
	ctel_set(span, "http.response.status_code", 4);
	sleep(1);
}

static void step_5(void)
{
	CTEL_SPAN(span, tracer, "step 5");
	ctel_set(span, "http.response.status_code", 5);
	sleep(1);
}

int main(void)
{
	step_1();
	step_2();
	step_3();
	step_4();
	step_5();
	return 0;
}
