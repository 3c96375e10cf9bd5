/* Durations and sizes as people read them. */
#ifndef OTEL_TIDY_BASE_DURATION_H
#define OTEL_TIDY_BASE_DURATION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Three figures and a unit: "0", "12.3 us", "1.50 s"; microseconds by their sign in Unicode. */
const char *duration_text(struct arena *a, uint64_t ns, bool is_unicode);
/* "812 B", "3.1 MB", in powers of ten. */
const char *bytes_text(struct arena *a, uint64_t bytes);

#endif
