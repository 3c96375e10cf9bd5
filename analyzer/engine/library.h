/* The version of libclang as part of the cache's keys, without opening it in every run. */
#ifndef OTEL_TIDY_ENGINE_LIBRARY_H
#define OTEL_TIDY_ENGINE_LIBRARY_H

#include "base/arena.h"

/* The version of the libclang that would be opened; "" when there is none. It is opened only when
 * `cache_dir` does not know yet, and then noted there. */
const char *library_version(struct arena *a, const char *cache_dir);

#endif
