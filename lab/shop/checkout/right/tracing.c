/* The tracer of this service. */
#include "tracing.h"

ctel_tracer *shop_tracer(void)
{
	return ctel_tracer_get("shop.checkout", "1.0.0");
}

void shop_leave(ctel_scope *scope)
{
	ctel_ctx_detach(*scope);
}
