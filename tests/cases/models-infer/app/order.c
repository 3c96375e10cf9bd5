#include <otel-tidy/annotations.h>
#include <unistd.h>

#include "trace.h"

OTEL_CRITICAL_PATH("order", "tenant.id", "user.hash", "app.order.id")
int order(const struct customer *customer, const char *id, int fd)
{
	ctel_span *span = trace_begin_for(customer, "order");
	trace_tag(span, "app.order.id", id);
	int rc = write(fd, id, 4) < 0 ? -1 : 0;
	trace_finish(&span, rc);
	return rc;
}

OTEL_CRITICAL_PATH("refund", "tenant.id", "app.order.id")
int refund(const struct customer *customer, int fd)
{
	ctel_span *span = trace_begin_for(customer, "refund");
	if (write(fd, "refund", 6) < 0)
		return -1;
	trace_finish(&span, 0);
	return 0;
}
