/* Where clang's own headers (stddef.h, arm_neon.h …) are for the libclang that was loaded. */
#ifndef OTEL_TIDY_PROJECT_TOOLCHAIN_H
#define OTEL_TIDY_PROJECT_TOOLCHAIN_H

#include "base/arena.h"

/* The resource directory for major version `major`: probed in $OTEL_TIDY_RESOURCE_DIR, beside the
 * library file `libclang_path` (../lib/clang/N, ../../clang/N), /usr/lib/llvm-N/lib/clang/N,
 * /usr/lib/clang/N and other known places; any that has include/stddef.h. When there is none, that
 * of a neighbouring version, else gcc's own directory, which are much better than nothing; then the
 * path does not end with `major`. NULL: none found. */
const char *toolchain_resource_dir(struct arena *a, const char *libclang_path, int major);

#endif
