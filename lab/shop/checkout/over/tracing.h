/* The tracer of this service. */
#ifndef TRACING_H
#define TRACING_H

#include <ctel/ctel.h>

ctel_tracer *shop_tracer(void);

#endif
