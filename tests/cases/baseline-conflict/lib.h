#include <ctel/ctel.h>

extern ctel_tracer *tracer;
ctel_span *begin(const char *name);
void finish(ctel_span *span);
