// config: {"rules": {"policy-key-never-set": "warning"}, "pipeline": {"files": ["@DIR@/deleted.yaml"]}}
#include <ctel/ctel.h>

#include <otel-tidy/annotations.h>
#include <unistd.h>

int place_order(ctel_tracer *tracer, const char *tenant, long total);
OTEL_CRITICAL_PATH("shop.place_order", "shop.tenant.id")
int place_order(ctel_tracer *tracer, const char *tenant, long total)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "shop.tenant.id", tenant);
	ctel_set(span, "shop.order.total", total);
	if (write(STDOUT_FILENO, &total, sizeof(total)) < 0) {
		ctel_span_error(span, "write_failed", "the order is not written");
		return -1;
	}
	return 0;
}
