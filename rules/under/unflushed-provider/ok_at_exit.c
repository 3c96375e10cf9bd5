/* Registered: runs whichever way the program ends. */
#include <ctel/ctel.h>
#include <stdlib.h>

static void tear_down(void)
{
	ctel_shutdown(1000);
}

int main(void)
{
	ctel_init("job");
	atexit(tear_down);
	CTEL_SPAN(span, ctel_tracer_get("job", "1"), "job");
	ctel_set(span, "app.job", "nightly");
	return 0;
}
