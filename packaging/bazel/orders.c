/* A critical path without a span: what `bazel test //:tracing` has to say about it. */
#include "store.h"

#include <otel-tidy/annotations.h>

OTEL_CRITICAL_PATH("orders.place")
int place_order(int fd);
int place_order(int fd)
{
	return store_order(fd);
}

int main(void)
{
	return place_order(1) ? 1 : 0;
}
