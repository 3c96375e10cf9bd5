/* A poller: every request is a trace of its own, and none says what it was for. */
#include <ctel/ctel.h>
#include <unistd.h>

int poll_once(ctel_tracer *tracer, int fd);

int poll_once(ctel_tracer *tracer, int fd)
{
	// expect: root-client-span "kind CLIENT"
	ctel_span *span = ctel_span_start(tracer, "GET /queue",
		&(ctel_start){.kind = CTEL_CLIENT});
	char byte;
	long n = read(fd, &byte, 1);
	ctel_span_end(span);
	return (int)n;
}

int main(void)
{
	for (int i = 0; i < 10; i++)
		poll_once(ctel_tracer_get("poller", "1"), 0);
	return 0;
}
