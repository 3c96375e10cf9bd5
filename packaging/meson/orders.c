/* A critical path without a span: what `ninja otel-tidy` has to say about it. */
#include <otel-tidy/annotations.h>

#include <unistd.h>

OTEL_CRITICAL_PATH("orders.place")
int place_order(int fd)
{
	return write(fd, "order", 5) == 5 ? 0 : -1;
}

int main(void)
{
	return place_order(1) ? 1 : 0;
}
