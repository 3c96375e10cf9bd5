/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CTEL_GZIP_H
#define CTEL_GZIP_H

#include "pb.h"

bool gzip_is_there(void); /* whether the library was built with zlib */
/* Replaces what is in `out` by the compressed bytes. */
bool gzip(struct buf *out, const unsigned char *bytes, size_t n);

#endif
