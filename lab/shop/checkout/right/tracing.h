/* The tracer of this service. */
#ifndef TRACING_H
#define TRACING_H

#include <ctel/ctel.h>

ctel_tracer *shop_tracer(void);
/* For __attribute__((cleanup)): what was attached ends with the scope. */
void shop_leave(ctel_scope *scope);

#endif
