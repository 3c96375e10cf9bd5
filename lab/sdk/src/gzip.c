/* SPDX-License-Identifier: Apache-2.0 */
/* Compression at level 1: a few percent larger than the usual 6 at less than half the work. */
#include "gzip.h"

#ifdef CTEL_HAS_ZLIB

#include <zlib.h>

bool gzip_is_there(void)
{
	return true;
}

bool gzip(struct buf *out, const unsigned char *bytes, size_t n)
{
	z_stream z = {0};
	out->n = 0;
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	size_t bound = deflateBound(&z, n);
	unsigned char *p = buf_room(out, bound);
	int rc = Z_MEM_ERROR;
	if (p) {
		z.next_in = (unsigned char *)(uintptr_t)bytes;
		z.avail_in = (uInt)n;
		z.next_out = p;
		z.avail_out = (uInt)bound;
		rc = deflate(&z, Z_FINISH);
		out->n = (uint32_t)z.total_out;
	}
	deflateEnd(&z);
	return rc == Z_STREAM_END;
}

#else

bool gzip_is_there(void)
{
	return false;
}

bool gzip(struct buf *out, const unsigned char *bytes, size_t n)
{
	(void)out;
	(void)bytes;
	(void)n;
	return false;
}

#endif
